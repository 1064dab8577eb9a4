package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds definitions that have only a first line, such as a makefile's targets: each lasts until
/// the next begins.
final class MarkerOutliner implements Outliner {
  private static final Pattern TYPE =
      Pattern.compile("table|view|type|interface|implementation|protocol");

  private final Pattern header;

  /// @param header matches at the start of a line; its groups are `label` and `name`
  MarkerOutliner(String header) {
    this.header = Pattern.compile(header);
  }

  @Override
  public List<Definition> outline(Lines lines) {
    var nesting = new Nesting(lines);
    DefinitionStart open = DefinitionStart.NONE;
    Matcher matcher = header.matcher(lines.text());
    int lastInk = 0;
    for (int line = 0; line < lines.count(); line++) {
      if (matcher.region(lines.start(line), lines.end(line)).lookingAt()) {
        if (open.isPresent()) {
          nesting.add(open, lastOfOwn(lines, nesting, open.line(), line - 1));
        }
        open = header(matcher, line);
      }
      lastInk = lines.blank(line) ? lastInk : line;
    }
    nesting.add(open, lastInk);
    return nesting.nested();
  }

  /// Returns the last line before a header that does not belong to it.
  private static int lastOfOwn(Lines lines, Nesting nesting, int first, int from) {
    int last = from;
    while (last > first && (lines.blank(last) || nesting.leads(last))) {
      last--;
    }
    return last;
  }

  private static DefinitionStart header(Matcher matcher, int line) {
    String label = matcher.group("label");
    String word = label == null ? "" : label.toLowerCase(Locale.ROOT);
    Kind kind = TYPE.matcher(word).matches() ? Kind.TYPE : Kind.FUNCTION;
    return new DefinitionStart(matcher.group("name"), kind, word, line, line, matcher.start());
  }
}
