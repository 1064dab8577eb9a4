package brimful.extract;

/// Receives a call about once a second while the parse of a document progresses, so that a lock can
/// be renewed for that long only.
///
/// Called in the thread that called [Extractor#extract]. An exception ends the parse.
@FunctionalInterface
public interface ParseProgress {

  /// Reports progress; not called while there is none.
  ///
  /// @param progress bytes read, characters written and members seen, all in one number that only
  ///   grows
  void beat(long progress);

  /// Returns one that does nothing.
  static ParseProgress silent() {
    return _ -> {};
  }
}
