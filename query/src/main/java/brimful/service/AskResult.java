package brimful.service;

import brimful.answer.Answer;
import brimful.ask.Reply;
import brimful.corpus.UserError;
import java.util.Optional;

/// The result of a question.
public sealed interface AskResult {
  /// Returns the window that was made for it.
  Prepared prepared();

  /// Returns why there is no complete answer; empty if there is one, or no model was asked.
  Optional<UserError> error();

  /// No model is connected, so the evidence is the result.
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
  /// @param paid its reply and the cost
  /// @param answer the reply with checked citations; empty if the call was refused
  record Replied(Prepared prepared, PaidReply paid, Answer answer) implements AskResult {
    /// Returns the model's reply.
    public Reply reply() {
      return paid.reply();
    }

    @Override
    public Optional<UserError> error() {
      return paid.reply().error();
    }
  }
}
