package brimful.extract.chat;

/// What came of reading a file as an export.
public sealed interface ChatResult {
  /// It is one, and gave at least one turn.
  ///
  /// @param turns how many it gave
  /// @param broken how many of its entries could not be read as turns
  /// @param brokenOff why it ended early; empty if it did not
  record Read(long turns, long broken, String brokenOff) implements ChatResult {}

  /// It gave no turn: it only looks like an export.
  record NoChat() implements ChatResult {}
}
