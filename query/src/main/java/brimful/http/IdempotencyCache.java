package brimful.http;

import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Makes repeated requests with the same `Idempotency-Key` count once: a repeat gets the first
/// one's answer. Remembers the latest requests until the server ends.
final class IdempotencyCache {
  /// Receipts of large collections have megabytes.
  static final int ANSWERS_KEPT_MAX = 100;

  private static final int KEPT_MAX = 10_000;
  private static final int KEY_CHARS_MAX = 200;

  private final int keptMax;
  private final SequencedMap<String, Seen> seen = new LinkedHashMap<>();

  IdempotencyCache() {
    this(KEPT_MAX);
  }

  /// @param keptMax how many requests are remembered
  IdempotencyCache(int keptMax) {
    this.keptMax = keptMax;
  }

  /// A request, and its answer as soon as there is one.
  private record Seen(String request, CompletableFuture<JsonNode> answer) {}

  /// Returns an answer, computed now or earlier.
  ///
  /// @param request the request's content, which tells a repeat from a different request
  JsonNode once(Context context, Object request, Supplier<JsonNode> answer) {
    String key = context.header("Idempotency-Key");
    if (key == null) {
      return answer.get();
    }
    if (key.isBlank() || key.length() > KEY_CHARS_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          "Idempotency-Key of %s characters: give 1 to %s".formatted(key.length(), KEY_CHARS_MAX));
    }
    String name = Caller.of(context).name() + "\n" + context.path() + "\n" + key;
    return once(name, Sha256.hex(request.toString()), answer)
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.UNANSWERABLE,
                "Idempotency-Key %s was used for another request: take a new one".formatted(key)));
  }

  /// Returns the answer to the request with a key. A repeat waits for the first request; other
  /// requests do not. A failed request is forgotten, so that it can be made again.
  ///
  /// @return empty if the key belongs to a different request
  Optional<JsonNode> once(String name, String request, Supplier<JsonNode> answer) {
    var own = new Seen(request, new CompletableFuture<>());
    Seen known;
    synchronized (this) {
      known = seen.putIfAbsent(name, own);
      while (seen.size() > keptMax) {
        Map.Entry<String, Seen> _ = seen.pollFirstEntry();
      }
    }
    if (known == null) {
      return Optional.of(made(name, own, answer));
    }
    return known.request.equals(request) ? Optional.of(answered(known)) : Optional.empty();
  }

  private JsonNode made(String name, Seen own, Supplier<JsonNode> answer) {
    try {
      JsonNode made = answer.get();
      own.answer.complete(made);
      return made;
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        seen.remove(name, own);
      }
      own.answer.completeExceptionally(e);
      throw e;
    }
  }

  private static JsonNode answered(Seen known) {
    try {
      return known.answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }
}
