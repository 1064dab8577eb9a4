package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads the exports of ChatGPT and of Claude: a list of conversations.
///
/// Both keep a tree of messages. The branch that its user saw last is the conversation; what the
/// other branches have of their own follows it, each turn marked with the turn that it follows.
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
      turns = mapped(chat);
    } else if (chat.path("chat_messages").isArray()) {
      turns = listed(chat);
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

  /// Returns the turns of a tree: the branch that its user saw last, then the others, marked.
  ///
  /// @param messages each message that the tree names
  private List<ChatTurn> branches(
      List<MessageTree.Branch> branches, Function<String, Optional<ChatTurn>> messages) {
    List<ChatTurn> turns = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (MessageTree.Branch branch : branches) {
      int number = numbers.getOrDefault(branch.after(), 0);
      String mark =
          branch == branches.getFirst()
              ? ""
              : number == 0
                  ? "(other branch from the start) "
                  : "(other branch after turn " + number + ") ";
      for (String id : branch.messages()) {
        Optional<ChatTurn> turn = messages.apply(id);
        if (turn.isPresent()) {
          turns.add(turn.get().marked(mark));
          number = turns.size();
        }
        numbers.put(id, number);
      }
    }
    return turns;
  }

  private List<ChatTurn> mapped(JsonNode chat) {
    JsonNode mapping = chat.path("mapping");
    Map<String, String> parents = new LinkedHashMap<>();
    mapping.fieldNames().forEachRemaining(id -> parents.put(id, ""));
    for (var node : mapping.properties()) {
      for (JsonNode child : node.getValue().path("children")) {
        if (mapping.has(child.asText())) {
          parents.put(child.asText(), node.getKey());
        }
      }
    }
    for (var node : mapping.properties()) {
      String parent = node.getValue().path("parent").asText();
      if (mapping.has(parent)) {
        parents.put(node.getKey(), parent);
      }
    }
    return branches(
        new MessageTree(parents).branches(chat.path("current_node").asText()),
        id -> turn(mapping.path(id).path("message")));
  }

  private Optional<ChatTurn> turn(JsonNode message) {
    boolean hidden =
        message.path("metadata").path("is_visually_hidden_from_conversation").asBoolean();
    String role = message.path("author").path("role").asText();
    if (!message.isObject() || hidden || role.equals("system")) {
      return Optional.empty();
    }
    if (role.isEmpty()) {
      out.broken(1);
      return Optional.empty();
    }
    String recipient = message.path("recipient").asText("all");
    List<String> texts = new ArrayList<>();
    texts.add(MessageText.of(message.path("content")));
    texts.addAll(MessageExtras.files(message.path("metadata").path("attachments")));
    String text = ChannelExport.lines(texts);
    if (role.equals("assistant") && !recipient.equals("all") && !text.isEmpty()) {
      text = "[" + recipient + "] " + text;
    }
    return MessageText.turn(MessageText.role(role), ChatTimes.of(message, "create_time"), "", text);
  }

  /// A message without a known parent follows the one before it.
  private List<ChatTurn> listed(JsonNode chat) {
    Map<String, JsonNode> messages = new LinkedHashMap<>();
    Map<String, String> parents = new LinkedHashMap<>();
    String before = "";
    for (JsonNode message : chat.path("chat_messages")) {
      String id = message.path("uuid").asText();
      if (id.isEmpty() || messages.containsKey(id)) {
        id = "#" + messages.size();
      }
      messages.put(id, message);
      String parent = ChannelExport.known(message, "parent_message_uuid");
      parents.put(id, parent.isEmpty() ? before : parent);
      before = id;
    }
    String seen = chat.path("current_leaf_message_uuid").asText();
    return branches(
        new MessageTree(parents).branches(messages.containsKey(seen) ? seen : before),
        id -> said(messages.getOrDefault(id, MissingNode.getInstance())));
  }

  private Optional<ChatTurn> said(JsonNode message) {
    String sender = message.path("sender").asText();
    if (sender.isEmpty()) {
      out.broken(1);
      return Optional.empty();
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
    return MessageText.turn(
        MessageText.role(sender),
        ChatTimes.of(message, "created_at"),
        "",
        String.join("\n", texts));
  }
}
