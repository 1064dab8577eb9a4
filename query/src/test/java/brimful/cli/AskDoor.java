package brimful.cli;

/// A way to ask a question about the folder that a test made.
interface AskDoor extends AutoCloseable {
  /// What came out of it.
  ///
  /// @param answer empty if there is none
  /// @param error the kind of the error in the door's own word; empty if there is none
  record Outcome(String answer, String error) {}

  /// Asks, and waits for what comes.
  Outcome ask(String question);

  /// Gives up the question that another thread asks, as a client of this door does.
  void cancel();

  @Override
  void close();
}
