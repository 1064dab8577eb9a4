package brimful.ask;

import com.fasterxml.jackson.databind.JsonNode;

/// What a call hands from the network's thread to the caller's.
sealed interface StreamEvent {

  /// A part of the answer.
  record Text(String delta) implements StreamEvent {}

  /// A part of the reasoning.
  record Reasoning(String delta) implements StreamEvent {}

  /// What an event says beside its text.
  record Event(JsonNode json) implements StreamEvent {}

  /// The server sent a comment, which says no more than that it still works.
  record Alive() implements StreamEvent {}

  /// The server said `[DONE]`.
  record Done() implements StreamEvent {}

  /// The stream ended; complete or not.
  record End() implements StreamEvent {}

  /// The server answered with something that is no stream.
  ///
  /// @param status 200 if it is only not a stream
  record Status(int status, String contentType, String body, String retryAfter)
      implements StreamEvent {}

  /// The call failed.
  record Failure(Throwable cause) implements StreamEvent {}
}
