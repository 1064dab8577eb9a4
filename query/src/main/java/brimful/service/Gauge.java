package brimful.service;

import brimful.pack.Window;
import java.util.Optional;

/// Measures a packed window in the tokens of the model that will read it, where these are not those
/// of the index.
@FunctionalInterface
public interface Gauge {
  /// What a window costs.
  ///
  /// @param exact whether it is the model's own count
  record Measure(int tokens, boolean exact) {}

  /// Returns the cost of a window, its images included; empty if it cannot be told.
  Optional<Measure> of(Window window);
}
