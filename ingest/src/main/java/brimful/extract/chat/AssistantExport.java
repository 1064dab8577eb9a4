package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the exports of ChatGPT and of Claude: a list of conversations.
///
/// ChatGPT keeps a tree of messages; the branch that its user last saw is the conversation. Claude
/// keeps a list.
final class AssistantExport implements JsonExport.Entries {
  private final ChatCollector out;

  private AssistantExport(ChatCollector out) {
    this.out = out;
  }

  static void read(Reader json, ChatCollector out) throws IOException {
    JsonExport.read(json, Set.of(), Set.of(), new AssistantExport(out));
  }

  @Override
  public void tooLarge() {
    out.broken(1);
  }

  @Override
  public void entry(ObjectNode header, boolean first, JsonNode chat) throws IOException {
    List<ChatTurn> turns;
    if (chat.path("mapping").isObject()) {
      turns = branch(chat);
    } else if (chat.path("chat_messages").isArray()) {
      turns = messages(chat.path("chat_messages"));
    } else {
      out.broken(1);
      return;
    }
    String title = ChatTurn.clean(chat.path("title").asText(chat.path("name").asText()));
    out.chat(name(title), turns, false);
  }

  /// A title is one name, not a path.
  private static String name(String title) {
    String name = title.replace('/', ' ').replace('\n', ' ').strip();
    return name.isEmpty() || name.equals("null") ? "untitled" : name;
  }

  private List<ChatTurn> branch(JsonNode chat) {
    JsonNode mapping = chat.path("mapping");
    String leaf = chat.path("current_node").asText();
    if (!mapping.has(leaf)) {
      leaf = newest(mapping);
    }
    List<ChatTurn> turns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String at = leaf; mapping.has(at) && seen.add(at); ) {
      JsonNode node = mapping.path(at);
      add(node.path("message"), turns);
      at = node.path("parent").asText();
    }
    Collections.reverse(turns);
    return turns;
  }

  /// Returns the last node that no other one follows.
  private static String newest(JsonNode mapping) {
    String newest = "";
    for (var node : mapping.properties()) {
      boolean followed = false;
      for (JsonNode child : node.getValue().path("children")) {
        followed |= mapping.has(child.asText());
      }
      newest = followed ? newest : node.getKey();
    }
    return newest;
  }

  private void add(JsonNode message, List<ChatTurn> turns) {
    boolean hidden =
        message.path("metadata").path("is_visually_hidden_from_conversation").asBoolean();
    String role = message.path("author").path("role").asText();
    if (!message.isObject() || hidden || role.equals("system")) {
      return;
    }
    if (role.isEmpty()) {
      out.broken(1);
      return;
    }
    String recipient = message.path("recipient").asText("all");
    List<String> texts = new ArrayList<>();
    texts.add(MessageText.of(message.path("content")));
    texts.addAll(MessageExtras.files(message.path("metadata").path("attachments")));
    String text = ChannelExport.lines(texts);
    if (role.equals("assistant") && !recipient.equals("all") && !text.isEmpty()) {
      text = "[" + recipient + "] " + text;
    }
    MessageText.turn(MessageText.role(role), ChatTimes.of(message, "create_time"), "", text)
        .ifPresent(turns::add);
  }

  private List<ChatTurn> messages(JsonNode messages) {
    List<ChatTurn> turns = new ArrayList<>();
    for (JsonNode message : messages) {
      String sender = message.path("sender").asText();
      if (sender.isEmpty()) {
        out.broken(1);
        continue;
      }
      List<String> texts = new ArrayList<>();
      String content = MessageText.of(message.path("content"));
      texts.add(content.isEmpty() ? message.path("text").asText() : content);
      for (JsonNode file : message.path("attachments")) {
        String extracted = file.path("extracted_content").asText();
        texts.add("[file " + file.path("file_name").asText() + "]\n" + extracted);
      }
      for (JsonNode file : message.path("files")) {
        texts.add("[file " + file.path("file_name").asText() + "]");
      }
      MessageText.turn(
              MessageText.role(sender),
              ChatTimes.of(message, "created_at"),
              "",
              String.join("\n", texts))
          .ifPresent(turns::add);
    }
    return turns;
  }
}
