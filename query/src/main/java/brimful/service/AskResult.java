package brimful.service;

import brimful.answer.Answer;
import brimful.ask.Reply;
import brimful.corpus.UserError;
import java.util.Optional;

/// What came of a question.
public sealed interface AskResult {
  /// The window that was made for it.
  Prepared prepared();

  /// Returns why there is no whole answer; empty if there is one, or no model to ask.
  Optional<UserError> error();

  /// No model is connected: the evidence is all there is.
  ///
  /// @param notice what to do, in one line
  record Evidence(Prepared prepared, String notice) implements AskResult {
    @Override
    public Optional<UserError> error() {
      return Optional.empty();
    }
  }

  /// A model was asked.
  ///
  /// @param paid what came back and what it has cost
  /// @param answer what came, with its citations checked; empty if it refused
  record Replied(Prepared prepared, PaidReply paid, Answer answer) implements AskResult {
    /// Returns what the model said.
    public Reply reply() {
      return paid.reply();
    }

    @Override
    public Optional<UserError> error() {
      return paid.reply().error();
    }
  }
}
