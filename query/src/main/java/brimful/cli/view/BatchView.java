package brimful.cli.view;

import brimful.batch.Forecast;
import brimful.batch.table.Bill;
import brimful.batch.table.Cause;
import brimful.batch.table.Cell;
import brimful.batch.table.Table;
import brimful.corpus.Counted;
import brimful.model.Cost;
import brimful.model.ModelProfile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Summaries of batches for people.
public final class BatchView {
  private BatchView() {}

  /// Returns the state of a table in a few lines.
  public static String summary(Table table) {
    var text = new StringBuilder();
    Map<String, Integer> states = table.states();
    text.append(
        "%s: %s\n"
            .formatted(
                Counted.of(table.lines().size(), "cell"),
                states.entrySet().stream()
                    .map(state ->
                        String.format(Locale.ROOT, "%,d %s", state.getValue(), state.getKey()))
                    .collect(Collectors.joining(", "))));
    table
        .causes()
        .forEach((cause, count) ->
            text.append(String.format(Locale.ROOT, "  %,6d %s\n", count, cause.word())));
    Bill bill = table.bill();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %,d tokens in (%.1f %% cached), %,d out, %s",
            table.model(),
            bill.tokensIn(),
            bill.tokensIn() == 0 ? 0 : 100.0 * bill.tokensCached() / bill.tokensIn(),
            bill.tokensOut(),
            Cost.display(bill.usd())));
    failed(table, text);
    partial(table, text);
    return text.toString();
  }

  /// Says how the failed cells can be asked again, and what that may pay twice.
  private static void failed(Table table, StringBuilder text) {
    int unknown =
        table.causes().entrySet().stream()
            .filter(entry -> entry.getKey().maybeBilled())
            .mapToInt(Map.Entry::getValue)
            .sum();
    if (unknown > 0) {
      text.append(
          "\n%s may have been billed without an answer, %s at most: --retry-failed asks again"
              .formatted(Counted.of(unknown, "cell"), Cost.display(table.bill().lostUsd())));
      return;
    }
    if (table.bill().lostUsd() > 0) {
      text.append(
          "\ncalls without an answer may have been billed, %s at most"
              .formatted(Cost.display(table.bill().lostUsd())));
    }
    if (table.causes().keySet().stream().anyMatch(cause -> cause != Cause.UNREADABLE)) {
      text.append("\n--retry-failed asks the failed cells again");
    }
  }

  /// Says how many answers are from a part of their unit.
  private static void partial(Table table, StringBuilder text) {
    double[] held =
        table.lines().stream()
            .map(Table.Line::cell)
            .filter(cell -> cell instanceof Cell.Answered answered && answered.isPartial())
            .mapToDouble(cell -> ((Cell.Answered) cell).held())
            .sorted()
            .toArray();
    if (held.length > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "\n%s from a part of a unit that is larger than the window, the least from %.0f %% of it: --exhaustive reads all of it",
              Counted.of(held.length, "answer"),
              Math.floor(100 * held[0])));
    }
  }

  /// Returns a forecast, a line for each model.
  public static String forecast(
      List<ModelProfile> models, List<Forecast> forecasts, int answerTokens) {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "nothing was sent; %,d tokens are expected of each answer, more with --answer-tokens\n\n",
            answerTokens));
    text.append(
        "%-22s %8s %15s %8s %12s %11s %11s\n"
            .formatted(
                "model", "calls", "tokens in", "cached", "tokens out", "expected", "at most"));
    for (int i = 0; i < models.size(); i++) {
      Forecast forecast = forecasts.get(i);
      boolean priced = !models.get(i).rates().isEmpty();
      text.append(
          String.format(
              Locale.ROOT,
              "%-22s %,8d %,15d %6.1f %% %,12d %11s %11s\n",
              models.get(i).id(),
              forecast.calls(),
              forecast.tokensIn(),
              100 * forecast.cachedShare(),
              forecast.tokensOut(),
              priced ? Cost.display(forecast.usd()) : "unknown",
              priced ? Cost.display(forecast.usdMost()) : "unknown"));
    }
    return text.toString();
  }
}
