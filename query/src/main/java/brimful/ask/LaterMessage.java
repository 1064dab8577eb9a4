package brimful.ask;

import java.util.List;
import java.util.stream.Collectors;

/// A message after the question.
public sealed interface LaterMessage {
  /// Returns all that a model reads of it.
  String read();

  /// The model's own.
  ///
  /// @param text may be empty, for example beside calls
  /// @param reasoning what it thought, which some providers want back; may be empty
  record OfModel(String text, String reasoning, List<ToolCall> calls) implements LaterMessage {
    public OfModel {
      calls = List.copyOf(calls);
    }

    @Override
    public String read() {
      return text
          + reasoning
          + calls.stream()
              .map(call -> call.id() + call.name() + call.arguments())
              .collect(Collectors.joining());
    }
  }

  /// The result of a call.
  ///
  /// @param callId the call's id
  record OfTool(String callId, String text) implements LaterMessage {
    @Override
    public String read() {
      return callId + text;
    }
  }

  /// A call of a tool.
  ///
  /// @param arguments JSON, as the model wrote it
  record ToolCall(String id, String name, String arguments) {}
}
