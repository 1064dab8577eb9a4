package brimful.exhaustive;

import brimful.answer.Answer;
import brimful.batch.table.Bill;
import java.util.List;

/// The answer from all windows, and how it came about.
///
/// @param answer its citations are checked against the places of all verified quotes; without text
///   if no window has a part of it; the list of what was found if the last call failed
/// @param findings the verified quotes, in canonical order
/// @param dropped how many quotes do not stand in the window that they were said to be from
/// @param failed a line for each window that was read without a result
/// @param levels how many times findings were joined; 0 if there were none
/// @param joined whether the levels ended in one text of the model's, and not in several
/// @param problem why the last call made no answer; empty if it did
/// @param bill of this question's calls in all runs, and of what this run stored in the cache
/// @param spentUsd what this run spent, storing included
public record ExhaustiveAnswer(
    Answer answer,
    List<FoundQuote> findings,
    int dropped,
    List<String> failed,
    int levels,
    boolean joined,
    String problem,
    Bill bill,
    double spentUsd) {
  public ExhaustiveAnswer {
    findings = List.copyOf(findings);
    failed = List.copyOf(failed);
  }

  /// Returns whether all windows were read, and what they hold was joined.
  public boolean isComplete() {
    return failed.isEmpty() && problem.isEmpty();
  }
}
