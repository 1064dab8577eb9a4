package brimful.desk;

import brimful.answer.Answer;
import brimful.ask.Reply;

/// What came of an inquiry.
public sealed interface Asked {
  /// The window that was made for it.
  Prepared prepared();

  /// No model is connected: the evidence is all there is.
  ///
  /// @param notice what to do, in one line
  record Evidence(Prepared prepared, String notice) implements Asked {}

  /// A model was asked.
  ///
  /// @param answer what came, with its citations checked; empty if it refused
  /// @param usd what it has cost; 0 where the price is not known
  record Replied(Prepared prepared, Reply reply, Answer answer, double usd) implements Asked {}
}
