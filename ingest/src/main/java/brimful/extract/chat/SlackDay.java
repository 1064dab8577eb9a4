package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads a day of a channel in a Slack export.
///
/// Ids of people become names: those of `users.json` beside the channels, or those that stand in
/// the messages. Answers of a thread follow its first message if that is of the same day.
final class SlackDay implements JsonExport.Entries {
  /// `<@U02>`, `<@U02|bob>`, `<#C01|general>`, `<!here>`, `<https://…|label>`.
  private static final Pattern REFERENCE =
      Pattern.compile("<([@#!]?)([^<>|]{1,2000})(?:\\|([^<>]{0,2000}))?>");

  private static final List<String> CONTENTS = List.of("blocks", "attachments", "files");

  private final ChatCollector out;
  private final Map<String, String> people;
  private final List<JsonNode> messages = new ArrayList<>();

  private final String direct;

  private SlackDay(SlackWorkspace workspace, ChatCollector out) {
    people = new LinkedHashMap<>(workspace.people());
    direct = workspace.direct();
    this.out = out;
  }

  static void read(Reader json, SlackWorkspace workspace, ChatCollector out) throws IOException {
    var day = new SlackDay(workspace, out);
    try {
      JsonExport.read(json, Set.of(), Set.of(), day);
    } finally {
      day.give();
    }
  }

  @Override
  public void tooLarge() {
    out.broken(1);
  }

  @Override
  public void entry(ObjectNode header, boolean first, JsonNode message) {
    if (!isMessage(message)) {
      out.broken(1);
      return;
    }
    messages.add(message);
    String id = message.path("user").asText();
    String profile = SlackPeople.name(message.path("user_profile"));
    if (!id.isEmpty() && !profile.isEmpty()) {
      people.putIfAbsent(id, profile);
    }
  }

  /// Some exports leave the time out, or the type.
  private static boolean isMessage(JsonNode message) {
    return !ChannelExport.known(message, "ts").isEmpty()
        || message.path("type").asText().equals("message")
        || (message.has("text") && (message.has("user") || message.has("bot_id")));
  }

  private void give() throws IOException {
    Map<String, List<JsonNode>> threads = new LinkedHashMap<>();
    Map<String, String> starters = new LinkedHashMap<>();
    for (JsonNode message : messages) {
      String ts = ChannelExport.known(message, "ts");
      if (!isAnswer(message) && !ts.isEmpty()) {
        starters.put(ts, speaker(message));
      }
      // Without a time it keeps its place.
      String place = ts.isEmpty() ? "#" + threads.size() : ts;
      threads
          .computeIfAbsent(
              isAnswer(message) ? message.path("thread_ts").asText() : place,
              _ -> new ArrayList<>())
          .add(message);
    }
    List<ChatTurn> turns = new ArrayList<>();
    threads.forEach((thread, all) ->
        all.forEach(message -> turn(message, thread, starters).ifPresent(turns::add)));
    out.chat(direct, turns, true);
  }

  private static boolean isAnswer(JsonNode message) {
    String thread = ChannelExport.known(message, "thread_ts");
    return !thread.isEmpty() && !thread.equals(message.path("ts").asText());
  }

  private Optional<ChatTurn> turn(JsonNode message, String thread, Map<String, String> starters) {
    String parent = people.getOrDefault(message.path("parent_user_id").asText(), "a thread");
    String text = text(message);
    if (text.isBlank() && CONTENTS.stream().anyMatch(field -> !message.path(field).isEmpty())) {
      out.broken(1);
    }
    return MessageText.turn(
        speaker(message),
        ChatTimes.of(message, "ts"),
        isAnswer(message) ? starters.getOrDefault(thread, parent) : "",
        text);
  }

  private String speaker(JsonNode message) {
    String id = message.path("user").asText();
    String known = people.getOrDefault(id, "");
    if (!known.isEmpty()) {
      return known;
    }
    String bot = ChannelExport.known(message, "username");
    String profile = ChannelExport.known(message.path("bot_profile"), "name");
    return !bot.isEmpty() ? bot : !profile.isEmpty() ? profile : id;
  }

  private String text(JsonNode message) {
    List<String> texts = new ArrayList<>();
    String text = ChannelExport.known(message, "text");
    texts.add(text);
    texts.addAll(SlackBlocks.lines(message.path("blocks"), text));
    message.path("attachments").forEach(each -> texts.addAll(attachment(each)));
    for (JsonNode file : message.path("files")) {
      String name = ChannelExport.known(file, "name", "title", "id");
      texts.add("[file " + (name.isEmpty() ? "deleted" : name) + "]");
    }
    return unescaped(ChannelExport.lines(texts));
  }

  private static List<String> attachment(JsonNode attachment) {
    List<String> texts = new ArrayList<>();
    String text = ChannelExport.known(attachment, "text");
    texts.add(ChannelExport.known(attachment, "pretext"));
    texts.add(ChannelExport.known(attachment, "title"));
    texts.add(text);
    texts.addAll(SlackBlocks.lines(attachment.path("blocks"), text));
    texts.addAll(SlackBlocks.lines(attachment.path("message_blocks"), text));
    if (texts.stream().skip(2).allMatch(String::isBlank)) {
      texts.add(ChannelExport.known(attachment, "fallback"));
    }
    texts.addAll(fields(attachment.path("fields"), "title"));
    texts.add(ChannelExport.known(attachment, "footer"));
    return texts;
  }

  /// Returns the rows of a small table that a program adds to a message.
  static List<String> fields(JsonNode fields, String name) {
    List<String> rows = new ArrayList<>();
    fields.forEach(field ->
        rows.add(
            Stream.of(ChannelExport.known(field, name), ChannelExport.known(field, "value"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(": "))));
    return rows;
  }

  private String unescaped(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(shown(found.group(1), found.group(2), found.group(3))))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  private String shown(String mark, String target, String label) {
    String named = label == null ? "" : label.strip();
    return switch (mark) {
      case "@" -> "@" + people.getOrDefault(target, named.isEmpty() ? target : named);
      case "#" -> "#" + (named.isEmpty() ? target : named);
      case "!" -> "@" + (named.isEmpty() ? target : named.replaceFirst("^@", ""));
      default -> named.isEmpty() || named.equals(target) ? target : named + " (" + target + ")";
    };
  }
}
