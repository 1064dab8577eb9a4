package brimful.extract.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads subtitles in the formats ASS and SSA like [Subtitles].
final class StyledSubtitles {
  private static final String EVENT = "Dialogue:";
  private static final String FORMAT = "Format:";
  private static final Pattern TIME = Pattern.compile("\\d{1,3}:\\d{1,2}:\\d{1,2}[.:]\\d{1,3}");
  private static final Pattern STYLE = Pattern.compile("\\{[^{}]*+\\}");
  private static final Pattern BREAK = Pattern.compile("\\\\[Nnh]");

  /// The columns of files that do not name them.
  private static final List<String> COLUMNS =
      List.of(
          "layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect",
          "text");

  private StyledSubtitles() {}

  static List<ReadablePart> parts(String text) {
    var subtitles = new Subtitles();
    List<String> columns = COLUMNS;
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(FORMAT) && line.toLowerCase(Locale.ROOT).contains("start")) {
        columns =
            Arrays.stream(line.substring(FORMAT.length()).split(",", -1))
                .map(column -> column.strip().toLowerCase(Locale.ROOT))
                .toList();
      } else if (line.startsWith(EVENT)) {
        add(subtitles, columns, line.substring(EVENT.length()).strip());
      }
    }
    return subtitles.part();
  }

  private static void add(Subtitles subtitles, List<String> columns, String event) {
    String[] values = event.split(",", columns.size());
    String start = value(columns, values, "start");
    String end = value(columns, values, "end");
    if (!TIME.matcher(start).matches() || !TIME.matcher(end).matches()) {
      return;
    }
    String name = value(columns, values, "name") + value(columns, values, "actor");
    String said =
        BREAK
            .matcher(STYLE.matcher(value(columns, values, "text")).replaceAll(""))
            .replaceAll(" ")
            .replaceAll("\\s+", " ")
            .strip();
    String cue = name.isEmpty() || said.isEmpty() ? said : name + ": " + said;
    subtitles.add(cue, seconds(start), seconds(end));
  }

  private static int seconds(String time) {
    return Subtitles.seconds(time.replaceFirst("[.:]\\d{1,3}$", ""));
  }

  private static String value(List<String> columns, String[] values, String column) {
    int at = columns.indexOf(column);
    return at < 0 || at >= values.length ? "" : values[at].strip();
  }
}
