package brimful.rank;

import brimful.index.Snapshot;

/// Looks at a ranking by words again, with other means.
@FunctionalInterface
public interface Rescorer {
  /// Leaves every ranking as it is.
  Rescorer NONE = (_, ranking, _) -> ranking;

  /// Returns the same documents and chunks in a better order.
  ///
  /// @param ranking of the same snapshot, for the same question
  Ranking rescored(Question question, Ranking ranking, Snapshot snapshot);
}
