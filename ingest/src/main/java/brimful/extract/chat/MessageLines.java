package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads messages with a role and a content: lines of JSON, each a message or a conversation, as
/// for fine-tuning; a JSON file of one conversation or a list of them; and the session logs of
/// coding assistants, Claude Code and Codex.
///
/// Of session logs, what the assistant and its user said and did is shown; what the program noted
/// for itself is left out.
final class MessageLines implements JsonExport.Entries {
  private static final Set<String> LISTS = Set.of("messages", "conversations", "conversation");

  /// What Claude Code and Codex note beside the conversation.
  private static final Set<String> NOTES =
      Set.of(
          "system",
          "progress",
          "file-history-snapshot",
          "queue-operation",
          "session_meta",
          "turn_context",
          "event_msg",
          "compacted",
          "ghost_snapshot",
          "state");

  private static final int LINE_CHARS_MAX = 64 << 20;

  private final ChatCollector out;
  private final List<ChatTurn> turns = new ArrayList<>();
  private int conversations;

  private MessageLines(ChatCollector out) {
    this.out = out;
  }

  /// Reads lines of JSON.
  static void lines(BufferedReader in, ChatCollector out) throws IOException {
    var lines = new MessageLines(out);
    var line = new StringBuilder();
    boolean tooLong = false;
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c != '\n') {
        tooLong |= line.length() == LINE_CHARS_MAX;
        if (!tooLong) {
          line.append((char) c);
        }
      } else {
        lines.line(line.toString(), tooLong);
        line.setLength(0);
        tooLong = false;
      }
    }
    lines.line(line.toString(), tooLong);
    lines.give("");
  }

  /// Reads a JSON file of one conversation, or of a list of them.
  static void whole(Reader in, ChatCollector out) throws IOException {
    var whole = new MessageLines(out);
    try {
      JsonExport.read(in, LISTS, Set.of(), whole);
    } finally {
      whole.give("");
    }
  }

  @Override
  public void tooLarge() {
    out.broken(1);
  }

  @Override
  public void entry(ObjectNode header, boolean first, JsonNode message) throws IOException {
    if (first) {
      settings(header).ifPresent(turns::add);
    }
    if (!took(message)) {
      add(message);
    }
  }

  @Override
  public void after(ObjectNode footer) {
    settings(footer).ifPresent(turns::add);
  }

  private void line(String line, boolean tooLong) throws IOException {
    if (line.isBlank()) {
      return;
    }
    JsonNode node = tooLong ? JsonExport.tree("") : JsonExport.tree(line);
    if (!node.isObject()) {
      out.broken(1);
      return;
    }
    if (!took(node)) {
      add(node);
    }
  }

  /// Takes an object with a list of messages, and what else stands in it; false if it has none.
  private boolean took(JsonNode node) throws IOException {
    for (String list : LISTS) {
      if (node.path(list).isArray()) {
        give("");
        JsonNode messages = ((ObjectNode) node).remove(list);
        settings((ObjectNode) node).ifPresent(turns::add);
        messages.forEach(this::add);
        conversations++;
        give(String.valueOf(conversations));
        return true;
      }
    }
    return false;
  }

  private void give(String name) throws IOException {
    String needed = name.isEmpty() && conversations > 0 ? "rest" : name;
    // What a program noted around no conversation is none.
    if (turns.stream().anyMatch(turn -> !turn.speaker().equals("Settings"))) {
      out.chat(needed, turns, false);
    }
    turns.clear();
  }

  /// Returns what else stands in a conversation's object, such as the model.
  private static Optional<ChatTurn> settings(ObjectNode header) {
    List<String> lines = new ArrayList<>();
    header
        .properties()
        .forEach(field -> {
          JsonNode value = field.getValue();
          lines.add(
              field.getKey() + ": " + (value.isValueNode() ? value.asText() : value.toString()));
        });
    return MessageText.turn("Settings", Optional.empty(), "", String.join("\n", lines));
  }

  private void add(JsonNode line) {
    if (line.path("isMeta").asBoolean() || NOTES.contains(line.path("type").asText())) {
      return;
    }
    JsonNode message =
        line.path("payload").isObject()
            ? line.path("payload")
            : line.path("message").isObject() ? line.path("message") : line;
    String type = message.path("type").asText();
    if (line.path("type").asText().equals("summary")) {
      turn("Summary", line, line.path("summary").asText());
    } else if (message.has("role") || message.has("from")) {
      String role = ChannelExport.known(message, "name", "role", "from");
      turn(role(message, role), line, said(message));
    } else if (type.endsWith("_call")) {
      turn("Assistant", line, MessageText.call(message));
    } else if (type.endsWith("_call_output")) {
      turn("Tool", line, MessageText.of(message));
    } else if (!line.has("record_type") && !type.equals("reasoning") && !line.has("sessionId")) {
      out.broken(1);
    }
  }

  private static String role(JsonNode message, String name) {
    JsonNode content = message.path("content");
    boolean result =
        content.isArray()
            && !content.isEmpty()
            && content.path(0).path("type").asText().equals("tool_result");
    return result ? "Tool" : MessageText.role(name);
  }

  private static String said(JsonNode message) {
    List<String> texts = new ArrayList<>();
    for (String field : List.of("content", "value", "text", "parts")) {
      if (message.hasNonNull(field)) {
        texts.add(MessageText.of(message.path(field)));
        break;
      }
    }
    message.path("tool_calls").forEach(call -> texts.add(MessageText.call(call)));
    texts.addAll(MessageExtras.of(message));
    return ChannelExport.lines(texts);
  }

  private void turn(String speaker, JsonNode line, String text) {
    MessageText.turn(
            speaker,
            ChatTimes.of(line, "timestamp", "created_at", "create_time", "time", "date", "ts"),
            "",
            text)
        .ifPresent(turns::add);
  }
}
