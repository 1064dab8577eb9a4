package brimful.http;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// Makes a request that is sent again with the same `Idempotency-Key` count once: the second gets
/// the first one's answer. Remembered until the server ends, for the last [#KEPT_MAX] requests.
final class Repeats {
  private static final int KEPT_MAX = 10_000;
  private static final int KEY_CHARS_MAX = 200;

  private final SequencedMap<String, Seen> seen = new LinkedHashMap<>();

  private record Seen(String request, JsonNode answer) {}

  /// Returns an answer, made now or before.
  ///
  /// @param request what is asked for, by which a repeat is told from another request
  synchronized JsonNode once(Context context, String request, Supplier<JsonNode> answer) {
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
    Seen known = seen.get(name);
    if (known == null) {
      known = new Seen(request, answer.get());
      seen.put(name, known);
      while (seen.size() > KEPT_MAX) {
        Map.Entry<String, Seen> _ = seen.pollFirstEntry();
      }
    }
    if (!known.request.equals(request)) {
      throw new UserError(
          UserError.Kind.UNANSWERABLE,
          "Idempotency-Key %s was used for another request: take a new one".formatted(key));
    }
    return known.answer;
  }
}
