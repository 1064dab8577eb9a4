package brimful.rank;

import brimful.corpus.PathKind;

/// What each kind of path is worth to a question.
final class PathWeight {
  /// What manuals and data are worth to a bug report, which is about the code.
  private static final float IN_REPORT = 0.3f;

  private PathWeight() {}

  /// Returns what the score of a document of this kind is multiplied with.
  ///
  /// @param report whether the question is a bug report
  /// @param tests whether it speaks of tests
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
