package brimful.service;

import brimful.model.Cost;
import brimful.model.ModelChoice;
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

  /// Returns whether there is a model to send it to.
  public boolean isConnected() {
    return choice.key().isPresent();
  }
}
