package brimful.eval;

import brimful.corpus.DocumentId;
import brimful.pack.Window.Placed;
import java.util.List;

/// A method of filling windows from one snapshot, under evaluation.
interface EvalMethod extends AutoCloseable {

  /// Searches for a question's evidence.
  ///
  /// @param budgetTokensMax the largest budget that will be filled
  Found find(String question, int budgetTokensMax);

  @Override
  void close();

  /// The result for a question.
  interface Found {

    /// Returns the files, best first.
    List<DocumentId> files();

    /// Returns the tokens beyond which more evidence hardly helps, at most `mostTokens`.
    default int enough(int mostTokens) {
      return mostTokens;
    }

    /// Fills a window.
    ///
    /// @param budgetTokens the limit for the evidence with its markup, without instructions and
    ///   question
    Filled fill(int budgetTokens);
  }

  /// A window as far as it is measured.
  ///
  /// @param tokens what the evidence costs with its markup
  record Filled(List<Placed> placed, int tokens) {
    public Filled {
      placed = List.copyOf(placed);
    }
  }
}
