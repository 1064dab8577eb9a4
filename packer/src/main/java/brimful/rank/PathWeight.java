package brimful.rank;

import brimful.corpus.PathKind;

/// The weight of each kind of path.
final class PathWeight {
  /// The weight of manuals and data for a bug report, which is about code.
  private static final float IN_REPORT = 0.3f;

  private PathWeight() {}

  /// Returns the factor for the scores of documents of this kind.
  ///
  /// @param report whether the question is a bug report
  /// @param tests whether it mentions tests
  static float of(PathKind kind, boolean report, boolean tests) {
    return switch (kind) {
      case SOURCE -> 1;
      case DOC -> report ? IN_REPORT : 1;
      case DATA, MANIFEST -> report ? IN_REPORT : 0.5f;
      case REEXPORT -> 0.5f;
      case EXAMPLE -> 0.3f;
      case TEST -> tests ? 1 : 0.3f;
      case GENERATED -> 0.1f;
    };
  }
}
