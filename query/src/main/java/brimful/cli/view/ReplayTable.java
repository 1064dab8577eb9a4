package brimful.cli.view;

import brimful.model.ModelProfile;
import brimful.replay.SessionReplay;
import java.util.List;
import java.util.Locale;

/// Replayed sessions as a table in Markdown.
public final class ReplayTable {
  private ReplayTable() {}

  /// Returns the table.
  ///
  /// @param questions how many there were
  public static String of(List<SessionReplay.Line> lines, int questions) {
    var text = new StringBuilder();
    text.append(
        "| model | cache | layout | prefix | tokens read | cached | $ session | $ question | best 50 shown |\n");
    text.append("|---|---|---|---:|---:|---:|---:|---:|---:|\n");
    for (SessionReplay.Line line : lines) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %,d | %,d | %.1f %% | %.4f | %.5f | %.1f %% |\n",
              line.model().id(),
              rule(line.model()),
              line.layout(),
              line.prefixTokens(),
              line.bill().promptTokens(),
              100 * line.bill().cachedShare(),
              line.bill().usd(),
              line.bill().usd() / questions,
              100 * line.shown()));
    }
    return text.toString();
  }

  private static String rule(ModelProfile model) {
    return switch (model.cache().match()) {
      case NOTHING -> "none";
      case PREFIX ->
          String.format(
              Locale.ROOT,
              "prefix from %,d by %,d",
              model.cache().tokensMin(),
              model.cache().tokensStep());
      case UNITS -> "whole units";
      case MARKS -> String.format(Locale.ROOT, "marked, from %,d", model.cache().tokensMin());
    };
  }
}
