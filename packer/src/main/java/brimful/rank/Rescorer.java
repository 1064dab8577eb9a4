package brimful.rank;

import brimful.index.Snapshot;

/// Reorders a ranking by other means than words.
@FunctionalInterface
public interface Rescorer {
  /// Leaves every ranking unchanged.
  Rescorer NONE = (_, ranking, _) -> ranking;

  /// Returns the same documents and chunks in a better order.
  ///
  /// @param ranking of the same snapshot, for the same question
  Ranking rescored(Question question, Ranking ranking, Snapshot snapshot);
}
