package brimful.batch;

import brimful.corpus.Markup;
import brimful.corpus.UserError;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.model.PrefixPlan;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts a corpus into units that each fit into a window whole.
///
/// Documents stay in canonical order, and a unit holds as many whole ones as fit. A document larger
/// than a window is cut at the borders of its chunks, and its parts share their windows with no
/// other document. The cut depends on the documents and the budget alone, so that every question
/// finds the same windows in the provider's cache. Cost: one pass over the outlines.
public final class WindowUnits {
  /// Kept free for any question, so that the cut is the same for all.
  static final int QUESTION_TOKENS = 4_000;

  /// No chunk of the default limits is larger.
  private static final int ROOM_MIN = 1_000;

  private final TokenCounter counter;
  private final int room;
  private final List<Unit> units = new ArrayList<>();
  private final List<Outline> open = new ArrayList<>();
  private long openTokens;

  private WindowUnits(TokenCounter counter, int room) {
    this.counter = counter;
    this.room = room;
  }

  /// Returns the windows of a corpus, named by their numbers from 1.
  ///
  /// @param corpus in canonical order
  /// @param budgetTokens the most that each prompt may cost
  /// @throws UserError if the budget is too small for a window
  public static List<Unit> of(List<Outline> corpus, TokenCounter counter, int budgetTokens) {
    int besides =
        QUESTION_TOKENS
            + UnitWindow.REPAIR_TOKENS
            + PrefixPlan.TURN_TOKENS
            + UnitWindow.frame(counter);
    int room = budgetTokens - besides;
    if (room < ROOM_MIN) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "budget of %,d tokens is too small for windows that are read one by one: give at least %,d",
              budgetTokens,
              besides + ROOM_MIN));
    }
    return cut(corpus, counter, room);
  }

  /// Returns units of at most so many tokens each.
  public static List<Unit> cut(List<Outline> corpus, TokenCounter counter, int roomTokens) {
    var windowUnits = new WindowUnits(counter, roomTokens);
    corpus.stream().filter(outline -> !outline.chunks().isEmpty()).forEach(windowUnits::add);
    windowUnits.close();
    return List.copyOf(windowUnits.units);
  }

  /// Returns the tokens that questions leave for documents; 0 or less if they leave nothing.
  public static int room(TokenCounter counter, int budgetTokens, BatchQuestion question) {
    return UnitWindow.room(counter, budgetTokens, List.of(question)) - UnitWindow.frame(counter);
  }

  /// Returns the cost of the lines around a document.
  public static int frameTokens(TokenCounter counter, Outline document) {
    var markup = new Markup(counter.specials());
    return counter.count(markup.open(document.document(), document.title()))
        + counter.count(Markup.close());
  }

  /// Returns whether all of a unit goes into a window with its questions.
  public static boolean fits(
      Unit unit, TokenCounter counter, int budgetTokens, List<BatchQuestion> questions) {
    return UnitWindow.fits(unit, counter, budgetTokens, questions);
  }

  /// Divides questions so that every window has room for each part.
  ///
  /// @throws UserError if a question alone is longer than that
  public static List<List<BatchQuestion>> parts(
      TokenCounter counter, List<BatchQuestion> questions) {
    var parts = new ArrayList<List<BatchQuestion>>();
    var part = new ArrayList<BatchQuestion>();
    for (BatchQuestion question : questions) {
      requireShort(counter, question);
      part.add(question);
      if (counter.count(BatchPrompt.ask(part)) > QUESTION_TOKENS) {
        part.removeLast();
        parts.add(List.copyOf(part));
        part.clear();
        part.add(question);
      }
    }
    if (!part.isEmpty()) {
      parts.add(List.copyOf(part));
    }
    return parts;
  }

  /// Refuses a question that is longer than what every window keeps free.
  ///
  /// @throws UserError if it is
  public static void requireShort(TokenCounter counter, BatchQuestion question) {
    int tokens = counter.count(BatchPrompt.ask(List.of(question)));
    if (tokens > QUESTION_TOKENS) {
      throw new UserError(
          UserError.Kind.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "the question costs %,d tokens with its rules, and windows keep %,d free: shorten it",
              tokens,
              QUESTION_TOKENS));
    }
  }

  private void add(Outline document) {
    long frame = frameTokens(counter, document);
    long tokens = frame + document.tokens();
    if (openTokens + tokens > room) {
      close();
    }
    if (tokens <= room) {
      open.add(document);
      openTokens += tokens;
    } else {
      split(document, frame);
    }
  }

  private void split(Outline document, long frame) {
    var part = new ArrayList<ChunkRef>();
    long tokens = frame;
    for (ChunkRef chunk : document.chunks()) {
      if (tokens + chunk.tokens() > room && !part.isEmpty()) {
        open.add(new Outline(document.document(), document.title(), part));
        close();
        part.clear();
        tokens = frame;
      }
      part.add(chunk);
      tokens += chunk.tokens();
    }
    open.add(new Outline(document.document(), document.title(), part));
    close();
  }

  private void close() {
    if (!open.isEmpty()) {
      units.add(new Unit("window " + (units.size() + 1), open, ""));
      open.clear();
      openTokens = 0;
    }
  }
}
