package brimful.cli.setup;

import java.util.List;
import java.util.Locale;

/// The manual page `brimful(1)`, in roff: what `--help` says, in one text to search.
public final class ManPage {
  private ManPage() {}

  /// Returns the page.
  ///
  /// @param overview what `brimful --help` prints
  /// @param helps what `brimful COMMAND --help` prints, in the order of the commands
  public static String of(
      String version, String overview, List<CommandTable> commands, List<String> helps) {
    var text =
        new StringBuilder(
            """
            .TH BRIMFUL 1 "" "Brimful %s" "User Commands"
            .SH NAME
            brimful \\- fills a model's context window with what matters, and asks
            .SH DESCRIPTION
            """
                .formatted(version));
    verbatim(text, overview);
    for (int i = 0; i < commands.size(); i++) {
      text.append(
          ".SH \"BRIMFUL %s\"\n".formatted(commands.get(i).name().toUpperCase(Locale.ROOT)));
      verbatim(text, helps.get(i));
    }
    return text.toString();
  }

  private static void verbatim(StringBuilder text, String said) {
    text.append(".nf\n");
    said.lines()
        .forEach(line -> {
          String escaped = line.replace("\\", "\\e").replace("-", "\\-");
          // A dot or a quote at the start of a line would be a request.
          boolean request = escaped.startsWith(".") || escaped.startsWith("'");
          text.append(request ? "\\&" : "").append(escaped).append('\n');
        });
    text.append(".fi\n");
  }
}
