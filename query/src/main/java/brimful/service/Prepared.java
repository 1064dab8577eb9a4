package brimful.service;

import brimful.model.Cost;
import brimful.model.ModelChoice;
import brimful.pack.Window;
import brimful.rank.QuestionNotes;
import java.util.List;

/// A window that is ready to be sent.
///
/// @param request the request it was made for
/// @param choice the model it was made for
/// @param cost its highest and lowest cost
public record Prepared(AskRequest request, Assembled assembled, ModelChoice choice, Cost cost) {
  /// Returns the same window with more notes.
  public Prepared noting(List<String> more) {
    return new Prepared(request, assembled.noting(more), choice, cost);
  }

  /// Returns whether the question wants everything that there is, and the window has a part of it.
  public boolean wantsMore() {
    return shownTokens() < assembled.window().corpusTokens()
        && QuestionNotes.wantsEverything(request.prompt().question());
  }

  /// Returns how many of the corpus's tokens the window has.
  public long shownTokens() {
    return assembled.window().placed().stream().mapToLong(Window.Placed::tokens).sum();
  }

  /// Returns whether there is a model to send it to.
  public boolean isConnected() {
    return choice.key().isPresent();
  }
}
