package brimful.exhaustive;

import brimful.batch.BatchQuestion;
import brimful.batch.Unit;
import brimful.batch.WindowUnits;
import brimful.batch.table.Cell;
import brimful.collection.MemoryCorpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.token.TokenCounter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Makes one answer of findings, in as many levels as they need.
///
/// The first level shows the chunks around the quotes. If they need several windows, each gives an
/// answer of its own, and the next level joins those.
final class Reduction {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TokenCounter counter;
  private final int budgetTokens;
  private final Caller caller;

  Reduction(TokenCounter counter, int budgetTokens, Caller caller) {
    this.counter = counter;
    this.budgetTokens = budgetTokens;
    this.caller = caller;
  }

  /// Asks one question of one unit.
  @FunctionalInterface
  interface Caller {
    /// Returns the cell; empty if the run ends.
    Optional<Cell> ask(Unit unit, BatchQuestion question, Snapshot snapshot);
  }

  /// The text that came out.
  ///
  /// @param joined whether one call made it
  record Joined(String text, int levels, boolean joined) {}

  /// Returns the answer; empty if the run ends.
  Optional<Joined> of(String question, List<FoundQuote> findings, Snapshot snapshot) {
    List<Outline> corpus = snapshot.outlines();
    int room = room(AnswerQuestion.of(question, List.of()));
    var texts = new ArrayList<String>();
    List<Evidence> parts = Evidence.parts(findings, corpus, counter, room);
    for (int i = 0; i < parts.size(); i++) {
      Evidence part = parts.get(i);
      var unit = new Unit("findings " + (i + 1), part.outlines(corpus), "");
      Optional<String> text = text(unit, AnswerQuestion.of(question, part.findings()), snapshot);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      texts.add(text.get());
    }
    return joined(question, texts);
  }

  private Optional<Joined> joined(String question, List<String> first) {
    List<String> texts = first;
    int levels = 1;
    while (texts.size() > 1) {
      try (OpenCorpus open = corpus(texts).open(counter.name())) {
        BatchQuestion joining = AnswerQuestion.joining(question);
        List<Unit> units = WindowUnits.cut(open.snapshot().outlines(), counter, room(joining));
        if (units.size() >= texts.size()) {
          return Optional.of(new Joined(String.join("\n\n", texts), levels, false));
        }
        var next = new ArrayList<String>();
        for (Unit unit : units) {
          Optional<String> text = text(unit, joining, open.snapshot());
          if (text.isEmpty()) {
            return Optional.empty();
          }
          next.add(text.get());
        }
        texts = next;
        levels++;
      }
    }
    return Optional.of(new Joined(texts.getFirst(), levels, true));
  }

  private static MemoryCorpus corpus(List<String> texts) {
    return new MemoryCorpus(
        "answers",
        IntStream.range(0, texts.size())
            .mapToObj(i ->
                new MemoryCorpus.Text(
                    new DocumentId(String.format(Locale.ROOT, "answer-%05d.md", i + 1)),
                    texts.get(i)))
            .toList());
  }

  private int room(BatchQuestion question) {
    int room = WindowUnits.room(counter, budgetTokens, question);
    if (room < 1) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "budget of %,d tokens leaves nothing for what was found: raise it",
              budgetTokens));
    }
    return room;
  }

  private Optional<String> text(Unit unit, BatchQuestion question, Snapshot snapshot) {
    return caller
        .ask(unit, question, snapshot)
        .map(cell ->
            switch (cell) {
              case Cell.Answered answered -> said(answered.json());
              case Cell.Failed failed ->
                  throw new UserError(
                      UserError.Kind.BUSY,
                      "what was found made no answer, %s (%s): add --retry-failed to ask for it again"
                          .formatted(failed.message(), failed.cause().word()));
              case Cell.Pending _, Cell.Draft _, Cell.Sent _ ->
                  throw new IllegalStateException("a call that ended left " + cell);
            });
  }

  private static String said(String json) {
    try {
      return JSON.readTree(json).asText("");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a validated reply is no JSON: " + json, e);
    }
  }
}
