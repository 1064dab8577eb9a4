package brimful.testing;

import java.util.Random;

/// Draws texts from templates: `[a-z0-9]{3}` are three characters of these, all else is itself.
public final class Drawn {
  private Drawn() {}

  /// Returns a text that fits a template.
  public static String text(String template, Random random) {
    var drawn = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      if (template.charAt(i) != '[') {
        drawn.append(template.charAt(i));
        continue;
      }
      int close = template.indexOf(']', i);
      int end = template.indexOf('}', close);
      String of = alphabet(template.substring(i + 1, close));
      int count = Integer.parseInt(template.substring(close + 2, end));
      for (int k = 0; k < count; k++) {
        drawn.append(of.charAt(random.nextInt(of.length())));
      }
      i = end;
    }
    return drawn.toString();
  }

  private static String alphabet(String ranges) {
    var all = new StringBuilder();
    for (int i = 0; i < ranges.length(); i++) {
      boolean range = i + 2 < ranges.length() && ranges.charAt(i + 1) == '-';
      char last = range ? ranges.charAt(i + 2) : ranges.charAt(i);
      for (char c = ranges.charAt(i); c <= last; c++) {
        all.append(c);
      }
      i += range ? 2 : 0;
    }
    return all.toString();
  }
}
