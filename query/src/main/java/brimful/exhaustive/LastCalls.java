package brimful.exhaustive;

import brimful.batch.Batch;
import brimful.batch.BatchListener;
import brimful.batch.BatchQuestion;
import brimful.batch.Forecast;
import brimful.batch.Unit;
import brimful.batch.ledger.BatchLedger;
import brimful.batch.table.Bill;
import brimful.batch.table.Cell;
import brimful.batch.table.Table;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.model.Cost;
import brimful.model.ModelProfile;
import brimful.model.Usage;
import brimful.pack.Prompt;
import brimful.token.TokenCounter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The calls that make an answer of findings, each a batch of one cell in the windows' ledger.
final class LastCalls implements Reduction.Caller {
  /// What a model writes at the end, about.
  static final int ANSWER_TOKENS = 800;

  /// Findings that a window gives on average, to estimate the last call.
  private static final int FINDINGS_A_WINDOW = 1;

  /// What a finding's line costs beside its chunk.
  private static final int FINDING_TOKENS = 60;

  private final BatchLedger ledger;
  private final boolean retryFailed;
  private final Batches batches;
  private final double usdLimit;
  private final List<String> keys = new ArrayList<>();
  private Bill bill = Bill.NOTHING;
  private String halted = "";

  /// @param usdLimit what the ledger may have spent in all
  LastCalls(BatchLedger ledger, boolean retryFailed, Batches batches, double usdLimit) {
    this.ledger = ledger;
    this.retryFailed = retryFailed;
    this.batches = batches;
    this.usdLimit = usdLimit;
  }

  /// Makes batches of one cell.
  @FunctionalInterface
  interface Batches {
    Batch of(Unit unit, BatchQuestion question, double usdLimit);
  }

  @Override
  public Optional<Cell> ask(Unit unit, BatchQuestion question, Snapshot snapshot) {
    Batch.Conclusion last =
        batches
            .of(unit, question, usdLimit)
            .runPart(snapshot, ledger, retryFailed, new BatchListener() {});
    halted = last.halted();
    Table.Line line = last.table().lines().getFirst();
    keys.add(line.row().key());
    bill = bill.plus(line.cell().bill());
    return halted.isEmpty() ? Optional.of(line.cell()) : Optional.empty();
  }

  /// Returns the keys of the cells so far.
  List<String> keys() {
    return keys;
  }

  /// Returns what the calls have cost in all runs.
  Bill bill() {
    return bill;
  }

  /// Returns why the run ends; empty if it does not.
  String halted() {
    return halted;
  }

  /// How the last call is estimated.
  ///
  /// @param replyTokens the limit of its reply
  record Terms(ModelProfile model, int replyTokens, int budgetTokens, Instant at) {}

  /// Estimates the last call of a question.
  static Forecast forecast(String question, List<Unit> windows, TokenCounter counter, Terms terms) {
    List<Outline> documents =
        windows.stream().flatMap(window -> window.documents().stream()).toList();
    long tokens = documents.stream().mapToLong(Outline::tokens).sum();
    long chunks = Math.max(1, documents.stream().mapToLong(it -> it.chunks().size()).sum());
    long findings = (long) FINDINGS_A_WINDOW * windows.size();
    long prompt =
        Math.min(
            terms.budgetTokens(),
            counter.count(Prompt.INSTRUCTIONS)
                + counter.count(question)
                + findings * (tokens / chunks + FINDING_TOKENS));
    int out = Math.min(ANSWER_TOKENS, terms.replyTokens());
    var usage = new Usage(prompt, 0, 0, out, 0);
    double most =
        Cost.estimate(terms.model(), terms.budgetTokens(), terms.replyTokens(), terms.at())
            .mostUsd();
    return new Forecast(1, prompt, 0, out, Cost.of(terms.model(), usage, terms.at()), most);
  }
}
