package brimful.service;

import brimful.answer.Answer;
import brimful.ask.Reply;
import brimful.corpus.UserError;
import brimful.model.Cost;
import java.util.Locale;
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
      return paid.reply().error().map(this::withLost);
    }

    /// Returns an error that says what the call may have cost, too.
    UserError withLost(UserError error) {
      return lost()
          .map(line -> new UserError(error.kind(), error.line() + "; " + line))
          .orElse(error);
    }

    /// Returns what people must know of a call whose end nobody knows: what was sent, and what it
    /// may have cost; or of one whose usage cannot be true. Empty if the cost is known, or nobody
    /// bills it.
    public Optional<String> lost() {
      boolean unseen = prepared.choice().isBilledUnseen(prepared.cost());
      if (!paid.mayBeBilled() || (paid.usd() == 0 && !unseen)) {
        return Optional.empty();
      }
      if (reply() instanceof Reply.Answered) {
        return Optional.of(
            "the usage that %s reports cannot be true: up to %s count as spent"
                .formatted(prepared.choice().model().id(), Cost.display(paid.usd())));
      }
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%,d tokens were sent to %s, which may bill them without a whole answer: %s",
              prepared.assembled().window().tokens(),
              prepared.choice().model().id(),
              unseen
                  ? "its price is not known"
                  : "up to %s count as spent".formatted(Cost.display(paid.usd()))));
    }
  }
}
