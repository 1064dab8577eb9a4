package brimful.service;

import brimful.model.Cost;
import brimful.model.ModelChoice;

/// A window that is ready to be sent.
///
/// @param request what it was made for
/// @param choice the model it was made for
/// @param cost what it will cost at most and at least
public record Prepared(AskRequest request, Assembled assembled, ModelChoice choice, Cost cost) {
  /// Returns whether there is a model to send it to.
  public boolean isConnected() {
    return choice.key().isPresent();
  }
}
