package brimful.exhaustive;

import brimful.batch.Unit;
import brimful.batch.WindowUnits;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.rank.Question;
import brimful.rank.Ranker;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which windows of a corpus are read for a question.
///
/// @param read in canonical order
/// @param skipped those without any word of the question
/// @param unmatched whether no document has any word of the question, so that all are read
public record WindowPlan(String question, List<Unit> read, List<Unit> skipped, boolean unmatched) {
  /// Why a window is skipped.
  public static final String REASON = "none of its documents has a word of the question";

  public WindowPlan {
    read = List.copyOf(read);
    skipped = List.copyOf(skipped);
  }

  /// Refuses a question or a budget that no window has room for.
  ///
  /// @throws UserError if one of them does not fit
  public static void requireFits(String question, TokenCounter counter, int budgetTokens) {
    WindowUnits.requireShort(counter, WindowQuestion.of(question));
    var _ = WindowUnits.of(List.of(), counter, budgetTokens);
  }

  /// Plans.
  ///
  /// @param budgetTokens the most that each prompt may cost
  /// @param all whether windows without any word of the question are read, too
  /// @throws UserError if the question or the budget does not fit
  public static WindowPlan of(
      String question, Snapshot snapshot, TokenCounter counter, int budgetTokens, boolean all) {
    WindowUnits.requireShort(counter, WindowQuestion.of(question));
    List<Unit> windows = WindowUnits.of(snapshot.outlines(), counter, budgetTokens);
    Optional<Set<DocumentId>> matches =
        all ? Optional.empty() : Ranker.matching(new Question(question), snapshot);
    if (matches.isEmpty()) {
      return new WindowPlan(question, windows, List.of(), !all);
    }
    var read = new ArrayList<Unit>();
    var skipped = new ArrayList<Unit>();
    for (Unit window : windows) {
      boolean matched =
          window.documents().stream().map(Outline::document).anyMatch(matches.get()::contains);
      (matched ? read : skipped).add(window);
    }
    return new WindowPlan(question, read, skipped, false);
  }

  /// Returns the tokens of the documents that are read.
  public long tokens() {
    return read.stream()
        .flatMap(window -> window.documents().stream())
        .mapToLong(Outline::tokens)
        .sum();
  }

  /// Returns how many documents there are in some windows, a cut one once.
  public static long documents(List<Unit> windows) {
    return windows.stream()
        .flatMap(window -> window.documents().stream())
        .map(Outline::document)
        .distinct()
        .count();
  }
}
