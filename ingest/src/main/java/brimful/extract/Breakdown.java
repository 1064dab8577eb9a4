package brimful.extract;

/// Why a file failed, as far as it matters for what to do next.
///
/// [#DOCUMENT] and [#BOMB] are the file's own fault: the same bytes fail again. The next four ended
/// the process that parsed it; with more time or memory it may go well. The last two say nothing of
/// the file.
public enum Breakdown {
  /// It did not fail: it was read, skipped, or wants a password.
  NONE,
  /// It is broken, or no parser understands it.
  DOCUMENT,
  /// It unpacks to more than any honest file does.
  BOMB,
  /// It took longer than [ExtractLimits#duration].
  TIMEOUT,
  /// Its parser made no progress for [ForkLimits#stall].
  STALLED,
  /// It wanted more memory than [ForkLimits#heapBytes].
  OUT_OF_MEMORY,
  /// Its parser ended the process.
  CRASH,
  /// Its bytes could not be read: it vanished, or we may not.
  SOURCE,
  /// The calling thread was interrupted.
  INTERRUPTED
}
