package brimful.ask;

import brimful.corpus.UserError;
import brimful.model.ApiKey;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.pack.Window;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Asks a model: sends a window once, and reads the reply as it streams.
///
/// One call is one request. Nothing is ever sent again: a window may hold a million tokens, and the
/// person decides whether to pay for them twice. LangChain4j writes the request and reads the
/// stream; this class bounds the wait and distinguishes a complete reply from one that was cut.
///
/// To stop a call, interrupt its thread: the connection is closed, and the received part is
/// returned. Thread-safe: holds no state but its settings.
public final class Asker {
  /// How many pieces may wait for a slow reader; beyond that, the network waits as well.
  private static final int PIECES_WAITING_MAX = 1_024;

  /// How long signs of life may come without a reply: the slowest runner has read its window then.
  private static final Duration ALIVE_MAX = Duration.ofHours(2);

  private static final Duration GOODBYE_MAX = Duration.ofSeconds(2);

  private final ModelProfile profile;
  private final ApiKey key;
  private final int replyTokens;
  private final Settings.Thinking thinking;
  private final Duration silenceMax;

  /// @param profile the model and its address
  /// @param key the provider's key
  /// @param settings the room for the reply, and how long to wait for its next piece
  public Asker(ModelProfile profile, ApiKey key, Settings settings) {
    this.profile = profile;
    this.key = key;
    this.replyTokens = settings.replyTokens(profile);
    this.thinking = settings.thinking();
    this.silenceMax = settings.silenceMax();
    if (profile.endpoint().baseUrl().isEmpty()) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "model %s has no provider in the catalog: give --base-url".formatted(profile.id()));
    }
    if (thinking != Settings.Thinking.DEFAULT && !profile.endpoint().thinkingSwitch()) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "model %s has no switch for thinking: set thinking to default".formatted(profile.id()));
    }
  }

  /// Receives a reply while it streams; called in the asking thread.
  public interface Listener {
    /// The next part of the answer.
    void text(String delta);

    /// The next part of the reasoning, which is not part of the answer.
    default void reasoning(String delta) {}

    /// How much of the prompt has been read, before the reply begins.
    default void prefill(long tokens, long of) {}

    /// The next part of what comes besides text: pieces of calls of tools, a refusal,
    /// probabilities.
    ///
    /// @param choice the choice of the event, as the server sent it
    default void besides(JsonNode choice) {}

    /// The server has reported the usage, as it may do several times.
    default void usage() {}

    /// Details of a refusal; called before it is returned, if at all.
    ///
    /// @param retryAfter when the server wants to be asked again; zero if unknown
    /// @param mayBeBilled whether the request may have been read although the answer was lost
    default void refused(Duration retryAfter, boolean mayBeBilled) {}
  }

  /// Asks, and returns when the reply is complete or has failed.
  public Reply ask(Window window, Listener listener) {
    return ask(window, CallOptions.NONE, listener);
  }

  /// Asks with more than a window.
  public Reply ask(Window window, CallOptions options, Listener listener) {
    var providerErrors = new ProviderErrors(profile, key, window.tokens());
    if (profile.endpoint().isClosedTo(key)) {
      return new Reply.Refused(Reply.Kind.KEY, profile.endpoint().missingKey());
    }
    BlockingQueue<StreamEvent> pieces = new ArrayBlockingQueue<>(PIECES_WAITING_MAX);
    int reply = options.replyTokens() > 0 ? options.replyTokens() : replyTokens;
    var call = new ModelCall(profile, key, reply, thinking, options);
    Thread network =
        Thread.ofVirtual().start(() -> call.run(window, streamEvent -> put(pieces, streamEvent)));
    try {
      return listen(pieces, new ReplyBuilder(providerErrors, listener));
    } finally {
      network.interrupt();
      leave(network);
    }
  }

  private Reply listen(BlockingQueue<StreamEvent> pieces, ReplyBuilder reply) {
    long end = System.nanoTime() + ALIVE_MAX.toNanos();
    try {
      // Ends with the stream, which BodyPipe ends at the latest.
      while (true) {
        StreamEvent streamEvent = pieces.poll(silenceMax.toMillis(), TimeUnit.MILLISECONDS);
        if (streamEvent == null) {
          return reply.silent(silenceMax);
        }
        if (streamEvent instanceof StreamEvent.Alive && System.nanoTime() > end) {
          return reply.silent(ALIVE_MAX);
        }
        if (reply.add(streamEvent)) {
          return reply.build();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return reply.interrupted();
    }
  }

  private static void put(BlockingQueue<StreamEvent> pieces, StreamEvent streamEvent) {
    try {
      pieces.put(streamEvent);
    } catch (InterruptedException e) {
      // Nobody listens any more; the interrupted read that follows ends the call.
      Thread.currentThread().interrupt();
    }
  }

  private static void leave(Thread network) {
    boolean interrupted = Thread.interrupted();
    try {
      boolean _ = network.join(GOODBYE_MAX);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
