package brimful.http;

import java.util.Map;

/// What a batch says, for people who did not begin it from a command line: they have its limit and
/// its buttons before them, and no options.
final class Wording {
  private static final Map<String, String> WORDS =
      Map.of(
          "raise --max-cost to go on", "raise the limit to go on",
          "leave --max-cost out", "leave the limit out",
          "ask again with --retry-failed", "retry what failed",
          "raise --reply", "raise BRIMFUL_REPLY_TOKENS where the server runs");

  private Wording() {}

  /// Returns the first line of what was said.
  static String told(String said) {
    String line = said.lines().findFirst().orElse("");
    for (Map.Entry<String, String> each : WORDS.entrySet()) {
      line = line.replace(each.getKey(), each.getValue());
    }
    return line;
  }
}
