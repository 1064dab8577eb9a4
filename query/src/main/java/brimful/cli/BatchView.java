package brimful.cli;

import brimful.ask.Cost;
import brimful.ask.ModelProfile;
import brimful.batch.Bill;
import brimful.batch.Cause;
import brimful.batch.Forecast;
import brimful.batch.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Batches as people read them.
final class BatchView {
  private BatchView() {}

  /// Returns how a table stands, in a few lines.
  static String summary(Table table) {
    var text = new StringBuilder();
    Map<String, Integer> states = table.states();
    text.append(
        "%,d cells: %s%n"
            .formatted(
                table.lines().size(),
                states.entrySet().stream()
                    .map(state -> "%,d %s".formatted(state.getValue(), state.getKey()))
                    .collect(Collectors.joining(", "))));
    table
        .causes()
        .forEach((cause, count) -> text.append("  %,6d %s%n".formatted(count, cause.word())));
    Bill bill = table.bill();
    text.append(
        "%s: %,d tokens in (%.1f %% cached), %,d out, %s"
            .formatted(
                table.model(),
                bill.tokensIn(),
                bill.tokensIn() == 0 ? 0 : 100.0 * bill.tokensCached() / bill.tokensIn(),
                bill.tokensOut(),
                Cost.display(bill.usd())));
    int unknown =
        table.causes().entrySet().stream()
            .filter(entry -> entry.getKey().maybeBilled())
            .mapToInt(Map.Entry::getValue)
            .sum();
    if (unknown > 0) {
      text.append(
          "%n%,d cells may have been billed without an answer, %s at most: --retry-failed asks them again"
              .formatted(unknown, Cost.display(bill.lostUsd())));
    } else if (table.causes().keySet().stream().anyMatch(cause -> cause != Cause.UNREADABLE)) {
      text.append("%n--retry-failed asks the failed cells again".formatted());
    }
    return text.toString();
  }

  /// Returns what calls would come to, a line for each model.
  static String forecast(List<ModelProfile> models, List<Forecast> forecasts, int answerTokens) {
    var text = new StringBuilder();
    text.append(
        "nothing was sent; %,d tokens are expected of each answer, more with --answer-tokens%n%n"
            .formatted(answerTokens));
    text.append(
        "%-22s %8s %15s %8s %12s %11s %11s%n"
            .formatted(
                "model", "calls", "tokens in", "cached", "tokens out", "expected", "at most"));
    for (int i = 0; i < models.size(); i++) {
      Forecast forecast = forecasts.get(i);
      boolean priced = !models.get(i).rates().isEmpty();
      text.append(
          "%-22s %,8d %,15d %6.1f %% %,12d %11s %11s%n"
              .formatted(
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
