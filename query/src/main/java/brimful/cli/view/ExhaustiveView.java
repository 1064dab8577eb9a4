package brimful.cli.view;

import brimful.answer.Citation;
import brimful.batch.Forecast;
import brimful.batch.Unit;
import brimful.batch.table.Bill;
import brimful.corpus.Counted;
import brimful.exhaustive.Exhaustive;
import brimful.exhaustive.ExhaustiveAnswer;
import brimful.exhaustive.ReadingEstimate;
import brimful.exhaustive.WindowPlan;
import brimful.model.Cost;
import brimful.model.ModelProfile;
import brimful.service.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What `ask --exhaustive` says before and after it has read all windows.
public final class ExhaustiveView {
  private static final int LINES_MAX = 6;

  private ExhaustiveView() {}

  /// Returns a line for a question that wants everything, if its window has only a part of the
  /// corpus.
  public static List<String> hint(Prepared prepared) {
    return prepared.wantsMore()
        ? List.of(
            String.format(
                Locale.ROOT,
                "the question wants everything, and the window has %,d of the corpus's %,d tokens: --exhaustive reads all of it, and says first what that costs",
                prepared.shownTokens(),
                prepared.assembled().window().corpusTokens()))
        : List.of();
  }

  /// Returns what a run will send and cost.
  public static String estimate(ReadingEstimate estimate) {
    WindowPlan plan = estimate.plan();
    Forecast forecast = estimate.forecast();
    return String.format(
        Locale.ROOT,
        "%s: %s of at most %,d tokens to read, %s, %s, %,d tokens in (%.0f %% cached), %s",
        estimate.model().id(),
        Counted.of(plan.read().size(), "window"),
        estimate.tokensMax(),
        Counted.of(WindowPlan.documents(plan.read()), "document"),
        Counted.of(forecast.calls(), "call"),
        forecast.tokensIn(),
        100 * forecast.cachedShare(),
        cost(estimate));
  }

  /// Returns the expected and the highest cost.
  public static String cost(ReadingEstimate estimate) {
    return estimate.model().rates().isEmpty()
        ? "price unknown"
        : "about %s, %s at most"
            .formatted(
                Cost.display(estimate.forecast().usd()),
                Cost.display(estimate.forecast().usdMost()));
  }

  /// Returns which windows are not read, and why.
  public static List<String> skipped(WindowPlan plan) {
    if (plan.unmatched()) {
      return List.of("no word of the question tells the windows apart: all are read");
    }
    if (plan.skipped().isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    lines.add(
        "%s skipped, %s: --all-windows reads them, too"
            .formatted(Counted.of(plan.skipped().size(), "window"), WindowPlan.REASON));
    plan.skipped().stream()
        .limit(LINES_MAX)
        .forEach(window -> lines.add("  %s: %s".formatted(window.name(), contents(window))));
    if (plan.skipped().size() > LINES_MAX) {
      lines.add("  and %s more, see --json".formatted(plan.skipped().size() - LINES_MAX));
    }
    return lines;
  }

  private static String contents(Unit window) {
    return "%s, %s to %s"
        .formatted(
            Counted.of(window.documents().size(), "document"),
            window.documents().getFirst().document(),
            window.documents().getLast().document());
  }

  /// Returns the answer with its citations, for people.
  public static String answer(WindowPlan plan, ExhaustiveAnswer answer) {
    if (answer.findings().isEmpty()) {
      return "None of the %s has a part of the answer.\n"
          .formatted(Counted.of(plan.read().size(), "window"));
    }
    var text = new StringBuilder(answer.answer().text()).append('\n');
    if (!answer.answer().citations().isEmpty()) {
      text.append('\n');
      for (Citation citation : answer.answer().citations()) {
        text.append(citation.line()).append('\n');
      }
    }
    return text.toString();
  }

  /// Returns how the answer came about, in a few lines.
  public static List<String> receipt(ReadingEstimate estimate, ExhaustiveAnswer answer) {
    WindowPlan plan = estimate.plan();
    ModelProfile model = estimate.model();
    Bill bill = answer.bill();
    var lines = new ArrayList<String>();
    lines.add(estimate.ingested().coverage().display());
    lines.addAll(estimate.ingested().gaps());
    lines.add(
        "read %s of %s; %s verified, %s dropped that stand nowhere in their window; joined in %s"
            .formatted(
                plan.read().size() - answer.failed().size(),
                Counted.of((long) plan.read().size() + plan.skipped().size(), "window"),
                Counted.of(answer.findings().size(), "quote"),
                Counted.of(answer.dropped(), "quote"),
                Counted.of(answer.levels(), "level")));
    if (!answer.joined() && answer.problem().isEmpty()) {
      lines.add("the answers of the last level do not fit into one window, and follow each other");
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,d tokens in (%.0f %% cached), %,d out, %s in this run",
            model.id(),
            bill.tokensIn(),
            bill.tokensIn() == 0 ? 0 : 100.0 * bill.tokensCached() / bill.tokensIn(),
            bill.tokensOut(),
            model.rates().isEmpty()
                ? "price unknown"
                : "%s of about %s"
                    .formatted(
                        Cost.display(answer.spentUsd()), Cost.display(estimate.forecast().usd()))));
    return lines;
  }

  /// Returns what a run has cost that ended without an answer.
  public static String spent(Exhaustive.Ending.Halted halted) {
    String spent = "%s spent in this run".formatted(Cost.display(halted.spentUsd()));
    return halted.lostUsd() > 0
        ? "%s at most: %s of it for calls under way when it ended, which may have been billed; --retry-failed sends them again"
            .formatted(spent, Cost.display(halted.lostUsd()))
        : spent;
  }

  /// Returns what windows without a result lack, at most a few lines.
  public static List<String> failed(ExhaustiveAnswer answer) {
    var lines = new ArrayList<>(answer.failed().stream().limit(LINES_MAX).toList());
    if (answer.failed().size() > LINES_MAX) {
      lines.add("and %s more, see --json".formatted(answer.failed().size() - LINES_MAX));
    }
    return lines;
  }
}
