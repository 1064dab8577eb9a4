package brimful.exhaustive;

import brimful.ask.PublicLine;
import brimful.batch.Forecast;
import brimful.batch.Unit;
import brimful.model.ModelProfile;
import brimful.view.AnswerJson;
import brimful.view.JsonTrees;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What reading a corpus costs, and its answer, as JSON for every door.
public final class ExhaustiveJson {
  private ExhaustiveJson() {}

  /// Returns what reading will send and cost; without a price, the cost is null.
  public static ObjectNode of(ReadingEstimate estimate) {
    WindowPlan plan = estimate.plan();
    Forecast forecast = estimate.forecast();
    ObjectNode node =
        JsonTrees.object()
            .put("model", estimate.model().id())
            .put("budget_tokens", estimate.tokensMax())
            .put("windows", plan.read().size() + plan.skipped().size())
            .put("windows_to_read", plan.read().size());
    node.set("windows_skipped", skipped(plan));
    node.put("documents", WindowPlan.documents(plan.read()))
        .put("calls", forecast.calls())
        .put("tokens", forecast.tokensIn())
        .put("cached_share", forecast.cachedShare());
    if (estimate.model().rates().isEmpty()) {
      return node.putNull("cost_usd");
    }
    node.putObject("cost_usd").put("least", forecast.usd()).put("most", forecast.usdMost());
    return node;
  }

  private static ArrayNode skipped(WindowPlan plan) {
    ArrayNode skipped = JsonTrees.array();
    for (Unit window : plan.skipped()) {
      skipped
          .addObject()
          .put("window", window.name())
          .put("documents", window.documents().size())
          .put("first", window.documents().getFirst().document().value())
          .put("last", window.documents().getLast().document().value())
          .put("reason", WindowPlan.REASON);
    }
    return skipped;
  }

  /// Returns an answer with its findings, and how it came about.
  public static ObjectNode of(ReadingEstimate estimate, ExhaustiveAnswer answer) {
    WindowPlan plan = estimate.plan();
    ObjectNode node =
        JsonTrees.object()
            .put("question", plan.question())
            .put("answer", answer.answer().text())
            .put("complete", answer.isComplete())
            .put("problem", PublicLine.of(answer.problem()));
    node.set("citations", AnswerJson.citations(answer.answer()));
    ArrayNode findings = node.putArray("findings");
    for (FoundQuote finding : answer.findings()) {
      findings
          .addObject()
          .put("document", finding.document().value())
          .put("answer", finding.answer())
          .put("quote", finding.quote());
    }
    node.set("receipt", receipt(estimate, answer));
    return node;
  }

  private static ObjectNode receipt(ReadingEstimate estimate, ExhaustiveAnswer answer) {
    WindowPlan plan = estimate.plan();
    ModelProfile model = estimate.model();
    ObjectNode receipt = JsonTrees.object();
    ArrayNode gaps =
        receipt.put("files", estimate.ingested().coverage().display()).putArray("gaps");
    estimate.ingested().gaps().forEach(gaps::add);
    receipt
        .put("model", model.id())
        .put("windows", plan.read().size() + plan.skipped().size())
        .put("windows_read", plan.read().size() - answer.failed().size());
    receipt.set("windows_skipped", skipped(plan));
    ArrayNode failed = receipt.putArray("windows_failed");
    answer.failed().forEach(line -> failed.add(PublicLine.of(line)));
    receipt
        .put("quotes_verified", answer.findings().size())
        .put("quotes_dropped", answer.dropped())
        .put("levels", answer.levels())
        .put("joined", answer.joined());
    receipt
        .putObject("usage")
        .put("prompt_tokens", answer.bill().tokensIn())
        .put("cached_tokens", answer.bill().tokensCached())
        .put("completion_tokens", answer.bill().tokensOut());
    if (model.rates().isEmpty()) {
      receipt.putNull("cost_usd").putNull("estimated_usd");
    } else {
      receipt.put("cost_usd", answer.spentUsd()).put("estimated_usd", estimate.forecast().usd());
    }
    return receipt;
  }
}
