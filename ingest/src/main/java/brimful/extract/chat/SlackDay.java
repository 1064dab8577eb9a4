package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private final ChatCollector out;
  private final Map<String, String> people;
  private final List<JsonNode> messages = new ArrayList<>();

  private SlackDay(Map<String, String> people, ChatCollector out) {
    this.people = new LinkedHashMap<>(people);
    this.out = out;
  }

  static void read(Reader json, Map<String, String> people, ChatCollector out) throws IOException {
    var day = new SlackDay(people, out);
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
    if (!message.path("ts").isValueNode() || message.path("ts").asText().isEmpty()) {
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

  private void give() throws IOException {
    Map<String, List<JsonNode>> threads = new LinkedHashMap<>();
    Map<String, String> starters = new LinkedHashMap<>();
    for (JsonNode message : messages) {
      String ts = message.path("ts").asText();
      String thread = message.path("thread_ts").asText();
      boolean answer = !thread.isEmpty() && !thread.equals(ts);
      if (!answer) {
        starters.put(ts, speaker(message));
      }
      threads.computeIfAbsent(answer ? thread : ts, _ -> new ArrayList<>()).add(message);
    }
    List<ChatTurn> turns = new ArrayList<>();
    threads.forEach((thread, all) -> {
      for (JsonNode message : all) {
        boolean answer =
            message.hasNonNull("thread_ts")
                && !message.path("ts").asText().equals(message.path("thread_ts").asText());
        String parent = people.getOrDefault(message.path("parent_user_id").asText(), "a thread");
        MessageText.turn(
                speaker(message),
                ChatTimes.of(message, "ts"),
                answer ? starters.getOrDefault(thread, parent) : "",
                text(message))
            .ifPresent(turns::add);
      }
    });
    out.chat("", turns, true);
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
    texts.add(message.path("text").asText());
    message
        .path("attachments")
        .forEach(each -> {
          texts.add(ChannelExport.known(each, "pretext"));
          texts.add(ChannelExport.known(each, "title"));
          texts.add(ChannelExport.known(each, "text", "fallback"));
          texts.addAll(fields(each.path("fields"), "title"));
          texts.add(ChannelExport.known(each, "footer"));
        });
    message
        .path("files")
        .forEach(file -> texts.add("[file " + ChannelExport.known(file, "name", "title") + "]"));
    return unescaped(ChannelExport.lines(texts));
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
