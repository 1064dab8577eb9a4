package brimful.extract.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line, or two, that opens a turn in the transcript of a meeting: who speaks, and when.
///
/// @param second since the start, or of the day
/// @param said what stands in the same line; may be empty
/// @param lines how many lines it takes
/// @param bare whether name and time stand alone, as they also do in tables and above verses
record TranscriptHead(String speaker, int second, String said, int lines, boolean bare) {
  private static final String TIME = "(?:\\d{1,2}:)?\\d{1,2}:\\d{2}(?:[.,]\\d{1,9})?";
  private static final String NAME =
      "[\\p{Lu}\\p{Lo}][\\p{L}\\p{M}\\p{N}.'’_-]*+(?: [\\p{L}\\p{M}\\p{N}(&][\\p{L}\\p{M}\\p{N}.'’_)-]*+){0,5}";

  /// `[00:03:10] Bob: …`, `00:03:10 From Bob to Everyone: …`.
  private static final Pattern TIME_FIRST =
      pattern(
          "[\\[(]?(?<time>TIME)[\\])]?(?:\\s{1,8}[-–])?\\s{1,8}(?:From\\s{1,8})?(?<name>NAME?)"
              + "(?:\\s{1,8}[tT]o\\s{1,8}(?<to>[^:\\n]{1,80}?))?\\s{0,3}:(?:\\s(?<said>.*))?");

  /// `Bob (00:03:10): …`, `Bob [3:10] …`.
  private static final Pattern NAME_FIRST =
      pattern("(?<name>NAME)\\s{0,8}[\\[(](?<time>TIME)[\\])]\\s?:?(?:\\s(?<said>.*))?");

  /// `Bob Jones 3:10`, `[Bob Jones] 00:03:10`.
  private static final Pattern BARE =
      pattern("\\[?(?<name>NAME)\\]?(?:\\s{1,8}|\\s?[|,]\\s?)(?<time>TIME)\\s{0,8}");

  /// `0:0:3.28 --> 0:0:5.0`, above a name.
  private static final Pattern SPAN =
      Pattern.compile(
          "\\s{0,8}(?<time>TIME) --> TIME\\s{0,8}".replace("TIME", TIME.replace("{2}", "{1,2}")));

  private static final Pattern ONLY_NAME = pattern("(?<name>NAME)\\s{0,8}");

  /// The recipient of a message in Zoom's chat that goes to all.
  private static final String ALL = "Everyone";

  private static final Pattern LEVEL =
      Pattern.compile(
          "(?i)(?:trace|debug|info|information|notice|note|warn|warning|error|severe|fatal|critical|alert|emergency|todo|fixme)\\b.*");

  /// How programs name their parts.
  private static final Pattern IDENTIFIER =
      Pattern.compile("\\S*(?:\\p{Ll}\\p{Lu}|[\\p{L}\\p{N}][._]\\p{L})\\S*");

  private static Pattern pattern(String form) {
    // The name is as short as what follows it allows.
    return Pattern.compile(
        "\\s{0,8}"
            + form.replace("NAME?", NAME.replace("{0,5}", "{0,5}?"))
                .replace("NAME", NAME)
                .replace("TIME", TIME));
  }

  /// Returns what opens a turn in a line; empty if nothing does.
  ///
  /// @param below the next line
  static Optional<TranscriptHead> of(String line, String below) {
    Matcher first = TIME_FIRST.matcher(line);
    if (first.matches()) {
      String to = text(first, "to");
      String speaker = first.group("name") + (to.isEmpty() || to.equals(ALL) ? "" : " to " + to);
      return Optional.of(head(speaker, first, text(first, "said"), 1, false));
    }
    Matcher named = NAME_FIRST.matcher(line);
    if (named.matches()) {
      return Optional.of(head(named.group("name"), named, text(named, "said"), 1, false));
    }
    Matcher bare = BARE.matcher(line);
    if (bare.matches()) {
      return Optional.of(head(bare.group("name"), bare, "", 1, true));
    }
    Matcher span = SPAN.matcher(line);
    Matcher name = ONLY_NAME.matcher(below);
    return span.matches() && name.matches()
        ? Optional.of(head(name.group("name"), span, "", 2, false))
        : Optional.empty();
  }

  private static String text(Matcher head, String group) {
    String text = head.group(group);
    return text == null ? "" : text.strip();
  }

  private static TranscriptHead head(
      String speaker, Matcher head, String said, int lines, boolean bare) {
    int second = Subtitles.seconds(head.group("time"));
    return new TranscriptHead(speaker.strip(), second, said, lines, bare);
  }

  boolean isLevel() {
    return LEVEL.matcher(speaker).matches();
  }

  boolean isIdentifier() {
    return IDENTIFIER.matcher(speaker).matches();
  }
}
