package brimful.ask;

import brimful.corpus.UserError;
import brimful.model.Usage;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The result of asking. Every case is expected, so none is an exception.
public sealed interface Reply {

  /// Returns the error that the reply amounts to for who waits for an answer; empty if it is one.
  default Optional<UserError> error() {
    return switch (this) {
      case Answered _ -> Optional.empty();
      case CutOff(_, String cause) -> Optional.of(new UserError(UserError.Kind.CUT_OFF, cause));
      case Refused(Kind kind, String message, _) ->
          Optional.of(new UserError(kind.error(), message));
    };
  }

  /// The model answered.
  ///
  /// @param text the answer, without the reasoning; may be empty
  /// @param usage as the server reports it
  /// @param finish why the model stopped, in its own word: "stop", "length"
  /// @param model the id that the server reports; may be empty
  /// @param took from sending to the last piece
  /// @param besides what the reply has besides text
  record Answered(
      String text, Usage usage, String finish, String model, Duration took, Besides besides)
      implements Reply {

    /// Returns one line for the command line if the model stopped early.
    public Optional<String> notice() {
      return notice("raise --reply");
    }

    /// Returns one line for those who have no options of a command line.
    public Optional<String> publicNotice() {
      return notice("ask for less, or for the rest of it");
    }

    /// @param more what to do about too little room
    private Optional<String> notice(String more) {
      return switch (finish) {
        case "length" ->
            Optional.of(
                usage.reported()
                    ? String.format(
                        Locale.ROOT,
                        "the answer ends after %,d tokens, the room reserved for it: %s",
                        usage.completion(),
                        more)
                    : "the answer ends where the room reserved for it does: " + more);
        case "content_filter" ->
            Optional.of("the provider's filter cut the answer: rephrase the question");
        default ->
            text.isBlank() && besides.isEmpty()
                ? Optional.of("the model's answer is empty: ask again, or rephrase the question")
                : Optional.empty();
      };
    }
  }

  /// What a reply has besides text, in the protocol's own form.
  ///
  /// @param toolCalls the tools that the model wants called
  /// @param refusal why the model does not answer; usually empty
  /// @param logprobs the probabilities of the answer's tokens, if they were asked for
  record Besides(List<JsonNode> toolCalls, String refusal, List<JsonNode> logprobs) {
    public Besides {
      toolCalls = List.copyOf(toolCalls);
      logprobs = List.copyOf(logprobs);
    }

    private boolean isEmpty() {
      return toolCalls.isEmpty() && refusal.isEmpty();
    }

    /// Returns the text that the model wrote for it.
    public String text() {
      var text = new StringBuilder(refusal);
      toolCalls.forEach(text::append);
      return text.toString();
    }
  }

  /// The stream was interrupted after it had begun; the received part is kept, and was billed.
  ///
  /// @param text the received part of the answer; may be empty
  /// @param cause what happened and what to do, in one line
  record CutOff(String text, String cause) implements Reply {}

  /// There is no answer.
  ///
  /// @param message what is wrong and what to do, in one line
  /// @param field the field of the request that the server names as wrong; usually empty
  record Refused(Kind kind, String message, String field) implements Reply {
    public Refused(Kind kind, String message) {
      this(kind, message, "");
    }
  }

  /// Why there is no answer.
  enum Kind {
    /// No key, or one that the server rejects (401, 403).
    KEY,
    /// The account's balance is used up (402).
    BALANCE,
    /// Too many requests, or too many at once (429).
    RATE,
    /// The prompt is longer than the model's window (400, 413).
    OVERFLOW,
    /// The server rejects the request for another reason (400, 404, 422).
    REQUEST,
    /// The server is overloaded (503).
    OVERLOAD,
    /// The server failed (500, 502).
    SERVER,
    /// No server could be reached.
    UNREACHABLE,
    /// The server was reached, but nothing arrived in time.
    TIMEOUT,
    /// The person stopped it.
    INTERRUPTED;

    UserError.Kind error() {
      return switch (this) {
        case KEY -> UserError.Kind.UNAUTHENTICATED;
        case BALANCE -> UserError.Kind.FORBIDDEN;
        case RATE -> UserError.Kind.RATE_LIMITED;
        case OVERFLOW, REQUEST -> UserError.Kind.UNANSWERABLE;
        case OVERLOAD, INTERRUPTED -> UserError.Kind.BUSY;
        case SERVER -> UserError.Kind.UPSTREAM;
        case UNREACHABLE -> UserError.Kind.UNAVAILABLE;
        case TIMEOUT -> UserError.Kind.TIMEOUT;
      };
    }
  }
}
