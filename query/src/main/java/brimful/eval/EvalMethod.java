package brimful.eval;

import brimful.corpus.DocumentId;
import brimful.pack.Window.Placed;
import java.util.List;

/// A way to fill windows from one snapshot, which is measured.
interface EvalMethod extends AutoCloseable {

  /// Looks for what matters to a question.
  ///
  /// @param budgetTokensMax the largest budget that will be filled
  Found find(String question, int budgetTokensMax);

  @Override
  void close();

  /// What was found for a question.
  interface Found {

    /// Returns the files, best first.
    List<DocumentId> files();

    /// Returns the tokens beyond which more evidence no longer pays, at most `mostTokens`.
    default int enough(int mostTokens) {
      return mostTokens;
    }

    /// Fills a window.
    ///
    /// @param budgetTokens the most that the evidence may cost with its markup; instructions and
    ///   question come on top
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
