package brimful.desk;

import brimful.ask.Cost;
import brimful.ask.ModelChoice;
import brimful.window.Assembled;

/// A window that is ready to be sent.
///
/// @param cost what it will cost at most and at least
public record Prepared(Assembled assembled, ModelChoice choice, Cost cost) {
  /// Returns whether there is a model to send it to.
  public boolean isConnected() {
    return choice.key().isPresent();
  }
}
