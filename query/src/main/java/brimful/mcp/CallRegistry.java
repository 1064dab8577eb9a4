package brimful.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The requests that wait for an answer, by session and the client's id, so that
/// `notifications/cancelled` finds them. Safe for many threads.
final class CallRegistry {
  /// The notification that cancels a request.
  static final String CANCELLED = "notifications/cancelled";

  private final Map<Id, CancellableCall> calls = new ConcurrentHashMap<>();

  /// @param request the id as JSON, because `1` and `"1"` are different ids
  private record Id(String session, String request) {}

  /// Registers a request until [#leave].
  CancellableCall enter(String session, JsonNode id) {
    var call = new CancellableCall();
    calls.put(new Id(session, id.toString()), call);
    return call;
  }

  void leave(String session, JsonNode id, CancellableCall call) {
    boolean _ = calls.remove(new Id(session, id.toString()), call);
  }

  /// Cancels the call that a message asks to cancel, if it is such a message and the call still
  /// waits.
  void heed(String session, JsonNode message) {
    if (message.path("method").asText().equals(CANCELLED)) {
      String id = message.path("params").path("requestId").toString();
      Optional.ofNullable(calls.get(new Id(session, id))).ifPresent(CancellableCall::cancel);
    }
  }

  int size() {
    return calls.size();
  }
}
