package brimful.mcp.tool;

import brimful.ask.PublicLine;
import brimful.batch.BatchListener;
import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import brimful.collection.Corpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.Counted;
import brimful.corpus.UserError;
import brimful.exhaustive.Exhaustive;
import brimful.exhaustive.ExhaustiveAnswer;
import brimful.exhaustive.ExhaustiveJson;
import brimful.exhaustive.ReadingEstimate;
import brimful.exhaustive.WindowReader;
import brimful.model.Cost;
import brimful.model.ModelChoice;
import brimful.service.Prepared;
import brimful.view.JsonTrees;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// Answers a question from all of a collection, within a limit of cost, and tells how far it is.
final class EverythingRead {
  /// The argument with the limit.
  static final String LIMIT = "max_cost_usd";

  /// The argument that asks again for what failed.
  static final String RETRY = "retry_failed";

  private static final String GO_ON =
      "call again with the same arguments to go on, nothing is paid twice";

  private final ToolCall call;

  EverythingRead(ToolCall call) {
    this.call = call;
  }

  /// Returns a line for an answer to a question that wants everything, from a part of it; empty for
  /// others.
  static String hint(Prepared prepared, ToolCall call) {
    return prepared.wantsMore() && call.spender().mayOrderMany()
        ? String.format(
            Locale.ROOT,
            "the question wants everything, and the model read %,d of %,d tokens: exhaustive reads all of it, within %s",
            prepared.shownTokens(),
            prepared.assembled().window().corpusTokens(),
            LIMIT)
        : "";
  }

  McpSchema.CallToolResult run() {
    if (!call.spender().mayOrderMany()) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "this key may ask, but not read everything: ask for one that may manage");
    }
    double limit = call.usd(LIMIT, "the most that reading everything may cost, such as 2.5");
    ModelChoice choice =
        call.backend().models().choose(call.text("model", "")).connected(WindowReader.PURPOSE);
    choice.requirePrice(LIMIT, Instant.now());
    int most = Math.min(AskTool.BUDGET_MAX, choice.promptTokens());
    int budget = call.number("budget", most, AskTool.BUDGET_MIN, most);
    Corpus corpus = call.corpus();
    var order =
        new WindowReader.Order(
            corpus,
            call.text("question"),
            choice,
            Exhaustive.Terms.of(choice, budget, limit, call.flag(RETRY)),
            false,
            call.spender());
    var reader = new WindowReader(call.backend().service());
    try (var progress = new Progress(call.client());
        WindowReader.Turn _ = reader.turn(order);
        OpenCorpus open = corpus.open(choice.model().tokenizer());
        WindowReader.Reading reading = reader.open(order, open)) {
      requireEnough(reading.estimate(), limit);
      return switch (reading.run(progress)) {
        case Exhaustive.Ending.Answered(ExhaustiveAnswer answer) ->
            answered(reading.estimate(), answer);
        case Exhaustive.Ending.Halted halted ->
            throw new UserError(
                UserError.Kind.BUSY,
                "%s, after %s: %s; %s"
                    .formatted(
                        halted.rest(), Cost.display(halted.spentUsd()), halted.reason(), GO_ON));
      };
    }
  }

  /// A part that was paid for would be no answer.
  private static void requireEnough(ReadingEstimate estimate, double limit) {
    if (estimate.forecast().usd() > limit) {
      throw new UserError(
          UserError.Kind.UNPAID,
          "nothing was sent: reading %s costs about %s, and %s is %s: ask the person for that much, or narrow the scope"
              .formatted(
                  Counted.of(estimate.plan().read().size(), "window"),
                  Cost.display(estimate.forecast().usd()),
                  LIMIT,
                  Cost.display(limit)));
    }
  }

  private static McpSchema.CallToolResult answered(
      ReadingEstimate estimate, ExhaustiveAnswer answer) {
    int windows = estimate.plan().read().size();
    String text =
        answer.findings().isEmpty()
            ? "None of the %s has a part of the answer.".formatted(Counted.of(windows, "window"))
            : answer.answer().text();
    String account =
        "read %s of %s, %s skipped without a word of the question; %s verified, %s dropped; %s"
            .formatted(
                windows - answer.failed().size(),
                Counted.of((long) windows + estimate.plan().skipped().size(), "window"),
                estimate.plan().skipped().size(),
                Counted.of(answer.findings().size(), "quote"),
                answer.dropped(),
                Cost.display(answer.spentUsd()));
    String lacks =
        answer.failed().isEmpty()
            ? ""
            : "the answer lacks %s without a result: %s reads them again"
                .formatted(Counted.of(answer.failed().size(), "window"), RETRY);
    String problem =
        answer.problem().isEmpty()
            ? ""
            : "%s; %s asks for it again".formatted(PublicLine.of(answer.problem()), RETRY);
    return ToolResults.text(
        Map.of(AskTool.RECEIPT, JsonTrees.map(ExhaustiveJson.of(estimate, answer))),
        problem,
        text,
        lacks,
        AskTool.citations(answer.answer()),
        account);
  }

  /// Tells how many windows are read, also while nothing happens: many clients give up after a
  /// minute of silence. Safe for many threads.
  private static final class Progress implements BatchListener, AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ToolClient client;
    private final Thread pulse;
    private int steps;
    private int windows;
    private int read;
    private boolean closed;

    Progress(ToolClient client) {
      this.client = client;
      pulse = Thread.ofVirtual().start(this::beat);
    }

    private void beat() {
      try {
        while (true) {
          Thread.sleep(EVERY);
          tell();
        }
      } catch (InterruptedException e) {
        // The call has ended.
        Thread.currentThread().interrupt();
      }
    }

    private synchronized void tell() {
      if (!closed) {
        steps++;
        client.progress(
            steps,
            windows == 0
                ? "estimating"
                : "%s of %s read".formatted(read, Counted.of(windows, "window")));
      }
    }

    @Override
    public synchronized void starts(int cells, int open) {
      windows = cells;
      read = cells - open;
      tell();
    }

    @Override
    public synchronized void finished(Row row, Cell cell) {
      read++;
      tell();
    }

    @Override
    public synchronized void close() {
      closed = true;
      pulse.interrupt();
    }
  }
}
