package brimful.exhaustive;

import brimful.batch.BatchQuestion;
import brimful.batch.Unit;
import brimful.batch.WindowUnits;
import brimful.batch.table.Bill;
import brimful.batch.table.Cell;
import brimful.collection.MemoryCorpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.token.TokenCounter;
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

  /// What came out.
  ///
  /// @param cell answered or failed
  /// @param joined whether one call made it, and not several whose answers follow each other
  record Joined(Cell cell, int levels, boolean joined) {}

  /// Returns the answer; empty if the run ends.
  ///
  /// @param asked what the last call is asked; calls before it are asked for texts
  Optional<Joined> of(BatchQuestion asked, List<FoundQuote> findings, Snapshot snapshot) {
    List<Outline> corpus = snapshot.outlines();
    BatchQuestion text = AnswerQuestion.text(asked.text());
    int room =
        Math.min(
            room(AnswerQuestion.of(asked, List.of())), room(AnswerQuestion.of(text, List.of())));
    List<Evidence> parts = Evidence.parts(findings, corpus, counter, room);
    BatchQuestion first = parts.size() == 1 ? asked : text;
    var level = new Level(parts.size());
    for (int i = 0; i < parts.size() && !level.isOver(); i++) {
      Evidence part = parts.get(i);
      var unit = new Unit("findings " + (i + 1), part.outlines(corpus), "");
      level.add(caller.ask(unit, AnswerQuestion.of(first, part.findings()), snapshot));
    }
    return level.isOver() ? level.ending(1) : joined(asked, text, level.texts());
  }

  private Optional<Joined> joined(BatchQuestion asked, BatchQuestion text, List<String> first) {
    List<String> texts = first;
    int room = Math.min(room(AnswerQuestion.joining(asked)), room(AnswerQuestion.joining(text)));
    for (int levels = 2; ; levels++) {
      try (OpenCorpus open = corpus(texts).open(counter.name())) {
        List<Unit> units = WindowUnits.cut(open.snapshot().outlines(), counter, room);
        if (units.size() >= texts.size()) {
          String json = JSON.getNodeFactory().textNode(String.join("\n\n", texts)).toString();
          var all = new Cell.Answered(json, 0, List.of(), Bill.NOTHING);
          return Optional.of(new Joined(all, levels - 1, false));
        }
        BatchQuestion joining = AnswerQuestion.joining(units.size() == 1 ? asked : text);
        var level = new Level(units.size());
        for (int i = 0; i < units.size() && !level.isOver(); i++) {
          level.add(caller.ask(units.get(i), joining, open.snapshot()));
        }
        if (level.isOver()) {
          return level.ending(levels);
        }
        texts = level.texts();
      }
    }
  }

  /// The answers of one level. It is over if the run ends, a call fails, or it is the last one.
  private static final class Level {
    private final int size;
    private final List<String> texts = new ArrayList<>();
    private Optional<Cell> last = Optional.empty();
    private boolean over;

    Level(int size) {
      this.size = size;
    }

    void add(Optional<Cell> cell) {
      last = cell;
      over = size == 1;
      if (cell.isPresent() && cell.get() instanceof Cell.Answered answered) {
        texts.add(AnswerQuestion.said(answered));
      } else {
        over = true;
      }
    }

    boolean isOver() {
      return over;
    }

    Optional<Joined> ending(int levels) {
      return last.map(cell -> new Joined(cell, levels, true));
    }

    List<String> texts() {
      return texts;
    }
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
}
