package brimful.extract;

/// Is told, about once a second, that the parse of a document goes on; so that a lock on it can be
/// renewed only for as long as it does.
///
/// Called in the thread that called [Extractor#extract]. What it throws ends the parse.
@FunctionalInterface
public interface Pulse {

  /// Takes note of progress; not called while there is none.
  ///
  /// @param progress bytes read, characters written and members seen, all in one number that only
  ///   grows
  void beat(long progress);

  /// Returns a pulse that nobody feels.
  static Pulse silent() {
    return _ -> {};
  }
}
