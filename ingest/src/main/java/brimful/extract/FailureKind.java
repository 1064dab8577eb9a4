package brimful.extract;

/// The kind of a file's failure, as far as it decides what to do next.
///
/// [#DOCUMENT] and [#BOMB] are the file's own fault: the same bytes fail again. The next four ended
/// the parser process; more time or memory may help. The last two say nothing about the file.
public enum FailureKind {
  /// It did not fail: it was read, skipped, or needs a password.
  NONE,
  /// It is broken, or no parser understands it.
  DOCUMENT,
  /// It expands to more than any honest file.
  BOMB,
  /// It took longer than [ExtractLimits#duration].
  TIMEOUT,
  /// Its parser made no progress for [ForkLimits#stall].
  STALLED,
  /// It needed more memory than [ForkLimits#heapBytes].
  OUT_OF_MEMORY,
  /// Its parser crashed the process.
  CRASH,
  /// Its bytes could not be read: it vanished, or access is denied.
  SOURCE,
  /// The calling thread was interrupted.
  INTERRUPTED
}
