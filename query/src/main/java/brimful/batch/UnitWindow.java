package brimful.batch;

import brimful.collection.scope.PartSnapshot;
import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.model.PrefixPlan;
import brimful.pack.Layout;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.pack.format.WindowFormat;
import brimful.rank.Question;
import brimful.rank.Rescorer;
import brimful.service.Budget;
import brimful.service.Filler;
import brimful.service.Gauge;
import brimful.token.TokenCounter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A unit's documents as they precede every question of a batch.
///
/// They are packed once: all of them if they fit, otherwise those relevant to all questions
/// together. So each prompt of the unit begins with the same bytes, and only the question differs.
final class UnitWindow {
  /// The most tokens that a repair uses for quoting the previous reply and stating its problem.
  static final int REPAIR_TOKENS = 3_000;

  private final TokenCounter counter;
  private final Window packed;
  private final int budgetTokens;

  private UnitWindow(TokenCounter counter, Window packed, int budgetTokens, boolean gauged) {
    this.counter = counter;
    this.packed = packed;
    this.budgetTokens = budgetTokens;
    if (gauged) {
      return;
    }
    // Checked twice: the packer has proven its sum, and this is one that it did not see.
    Window proof = ask(BatchPrompt.ask(List.of(BatchQuestion.of("proof", "Do these add up?"))));
    int tokens = counter.count(proof.prompt());
    if (counter.exact() ? tokens != proof.tokens() : tokens > proof.tokens()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "a prompt of %,d tokens was counted as %,d: this is a bug in the batch's prompts",
              tokens,
              proof.tokens()));
    }
  }

  /// Packs a unit.
  ///
  /// @param snapshot the one that contains the unit
  /// @param budgetTokens the most that each prompt may cost
  /// @param questions all that the unit will be asked
  /// @throws UserError if the budget does not hold the questions
  static UnitWindow of(
      Unit unit,
      Snapshot snapshot,
      TokenCounter counter,
      int budgetTokens,
      List<BatchQuestion> questions) {
    return of(unit, snapshot, new Terms(counter, budgetTokens, Optional.empty()), questions);
  }

  /// How a unit is counted.
  ///
  /// @param budgetTokens the most that each prompt may cost
  /// @param gauge measures windows in the budget's tokens, if the counter's are others
  record Terms(TokenCounter counter, int budgetTokens, Optional<Gauge> gauge) {}

  /// Packs a unit.
  static UnitWindow of(Unit unit, Snapshot snapshot, Terms terms, List<BatchQuestion> questions) {
    TokenCounter counter = terms.counter();
    int budgetTokens = terms.budgetTokens();
    int room = room(counter, budgetTokens, questions);
    String query =
        Question.beginning(
            questions.stream().map(BatchQuestion::text).collect(Collectors.joining("\n")));
    var task =
        new Filler.Task(
            new Prompt(BatchPrompt.INSTRUCTIONS, ""),
            fits(unit, counter, budgetTokens, questions) ? "" : query,
            Budget.of(room),
            WindowFormat.XML,
            Layout.CANONICAL,
            Optional.empty(),
            terms.gauge());
    var nothing = new Ingested(new LinkedHashMap<>(), 0, 0);
    Window window =
        new Filler(counter, Rescorer.NONE)
            .fill(
                task,
                new PartSnapshot(snapshot, unit.documents()),
                new Filler.Arrival(nothing, Duration.ZERO),
                _ -> {})
            .window();
    return new UnitWindow(counter, window, budgetTokens, terms.gauge().isPresent());
  }

  /// Returns whether all of a unit's documents go in.
  static boolean fits(
      Unit unit, TokenCounter counter, int budgetTokens, List<BatchQuestion> questions) {
    return unit.tokens() + frame(counter) <= room(counter, budgetTokens, questions);
  }

  /// Returns the cost of the rules and of the tags around all documents.
  static int frame(TokenCounter counter) {
    return counter.count(BatchPrompt.INSTRUCTIONS + "<documents>\n</documents>\n");
  }

  /// Returns the part of a budget for rules and documents.
  ///
  /// Reserves room for all questions in one call, whatever the group size, so that a unit's window
  /// is always the same.
  static int room(TokenCounter counter, int budgetTokens, List<BatchQuestion> questions) {
    int room =
        budgetTokens
            - counter.count(BatchPrompt.ask(questions))
            - REPAIR_TOKENS
            - PrefixPlan.TURN_TOKENS;
    if (room < 1) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "budget of %,d tokens does not hold %d questions and room to repair an answer: give at least %,d",
              budgetTokens,
              questions.size(),
              budgetTokens - room + 1_000));
    }
    return room;
  }

  /// Returns a prompt with the unit's documents first and a given end.
  ///
  /// @param end as [BatchPrompt] renders it
  Window ask(String end) {
    return window(packed.documents(), "", end, counter.count(end));
  }

  /// Returns a prompt of documents alone, which stores them in the provider's cache.
  Window warmUp() {
    return window("", packed.documents(), "", 0);
  }

  private Window window(String prefix, String documents, String end, int endTokens) {
    return new Window(
        packed.instructions(),
        prefix,
        documents,
        end,
        packed.tokens() + endTokens,
        budgetTokens,
        packed.exact(),
        packed.placed(),
        packed.leftOut(),
        packed.corpusTokens());
  }

  /// Returns the share of the unit's tokens that it holds, 0 to 1.
  double held() {
    long shown = packed.placed().stream().mapToLong(Window.Placed::tokens).sum();
    return packed.corpusTokens() == 0 ? 1 : Math.min(1, (double) shown / packed.corpusTokens());
  }

  /// Returns the cost of rules and documents.
  int tokens() {
    return packed.tokens();
  }

  /// Returns the cost of the rules.
  int instructionTokens() {
    return Math.min(packed.tokens(), counter.count(packed.instructions()));
  }

  int tokens(String text) {
    return counter.count(text);
  }

  TokenCounter counter() {
    return counter;
  }
}
