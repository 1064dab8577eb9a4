package brimful.extract.chat;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads exports of channels: Telegram's `result.json`, those of DiscordChatExporter, and those of
/// Teams, from Microsoft Graph or from a person's own export.
final class ChannelExport implements JsonExport.Entries {
  private static final Set<String> LISTS = Set.of("messages", "MessageList", "value");
  private static final Set<String> CONTAINERS =
      Set.of("chats", "left_chats", "list", "conversations");
  private final ChatFormat format;
  private final ChatCollector out;
  private final TeamsMessages teams;

  private ChannelExport(ChatFormat format, ChatCollector out) {
    this.format = format;
    this.out = out;
    teams = new TeamsMessages(out);
  }

  static void read(Reader json, ChatFormat format, ChatCollector out) throws IOException {
    JsonExport.read(json, LISTS, CONTAINERS, new ChannelExport(format, out));
    out.flush();
  }

  @Override
  public void tooLarge() {
    out.broken(1);
  }

  @Override
  public void entry(ObjectNode header, boolean first, JsonNode message) throws IOException {
    if (first) {
      out.channel(channel(header));
    }
    Optional<ChatTurn> turn =
        switch (format) {
          case TELEGRAM -> telegram(message);
          case DISCORD -> discord(message);
          default -> teams.turn(message);
        };
    if (turn.isPresent()) {
      out.said(message.path("id").asText(), turn.get());
    }
  }

  private String channel(ObjectNode header) {
    String name =
        format == ChatFormat.DISCORD
            ? header.path("channel").path("name").asText()
            : header.path("name").asText(header.path("displayName").asText());
    return name.equals("null") ? "" : name.replace('/', ' ').replace('\n', ' ').strip();
  }

  private Optional<ChatTurn> telegram(JsonNode message) {
    String from = known(message, "from", "actor");
    List<String> texts = new ArrayList<>();
    if (message.hasNonNull("forwarded_from")) {
      texts.add("(forwarded from " + message.path("forwarded_from").asText() + ")");
    }
    JsonNode text = message.path("text");
    texts.add(text.isArray() ? joined(text) : text.asText());
    String file = known(message, "file_name");
    for (String media : List.of("photo", "file", "sticker_emoji", "poll")) {
      if (message.hasNonNull(media)) {
        boolean named = media.equals("file") && !file.isEmpty();
        texts.add(named ? "[file " + file + "]" : media(media, message.path(media)));
      }
    }
    texts.addAll(telegramExtras(message));
    if (message.path("type").asText().equals("service")) {
      texts.add("(" + (known(message, "action") + " " + known(message, "title")).strip() + ")");
    }
    if (from.isEmpty() && !message.has("type")) {
      out.broken(1);
      return Optional.empty();
    }
    return counted(
        from,
        ChatTimes.of(message, "date", "date_unixtime"),
        out.speaker(message.path("reply_to_message_id").asText()),
        lines(texts));
  }

  /// Returns a turn, and counts a message of which nothing can be shown.
  private Optional<ChatTurn> counted(
      String speaker, Optional<LocalDateTime> time, String replyTo, String text) {
    Optional<ChatTurn> turn = MessageText.turn(speaker, time, replyTo, text);
    out.broken(turn.isPresent() ? 0 : 1);
    return turn;
  }

  /// Returns what is known of a recording, a person's card, or a place; and who joined.
  private static List<String> telegramExtras(JsonNode message) {
    List<String> texts = new ArrayList<>();
    if (message.hasNonNull("performer") || message.hasNonNull("contact_information")) {
      JsonNode card = message.path("contact_information");
      List<JsonNode> parts =
          List.of(
              message.path("performer"),
              message.path("title"),
              card.path("first_name"),
              card.path("last_name"),
              card.path("phone_number"));
      texts.add(
          parts.stream().map(JsonNode::asText).filter(t -> !t.isBlank()).collect(joining(" ")));
    }
    JsonNode place = message.path("location_information");
    if (place.isObject()) {
      texts.add(
          "[location "
              + place.path("latitude").asText()
              + ", "
              + place.path("longitude").asText()
              + "]");
    }
    List<String> members = new ArrayList<>();
    message.path("members").forEach(member -> members.add(member.asText("")));
    texts.add(members.stream().filter(member -> !member.isBlank()).collect(joining(", ")));
    texts.addAll(
        MessageExtras.of(message, "forwarded_from", "performer", "title", "file", "file_name"));
    return texts;
  }

  /// Parts of one line: text and links.
  private static String joined(JsonNode parts) {
    var text = new StringBuilder();
    parts.forEach(
        part -> text.append(part.isTextual() ? part.asText() : part.path("text").asText()));
    return text.toString();
  }

  private static String media(String kind, JsonNode value) {
    return switch (kind) {
      case "photo" -> "[photo]";
      case "sticker_emoji" -> value.asText();
      case "poll" -> "[poll] " + value.path("question").asText() + options(value);
      default -> "[file " + value.asText().substring(value.asText().lastIndexOf('/') + 1) + "]";
    };
  }

  private static String options(JsonNode poll) {
    var text = new StringBuilder();
    poll.path("answers").forEach(each -> text.append("\n- ").append(each.path("text").asText()));
    return text.toString();
  }

  private Optional<ChatTurn> discord(JsonNode message) {
    JsonNode author = message.path("author");
    if (!author.isObject()) {
      out.broken(1);
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    texts.add(message.path("content").asText());
    message
        .path("attachments")
        .forEach(file -> texts.add("[file " + known(file, "fileName", "url") + "]"));
    message
        .path("embeds")
        .forEach(embed -> {
          texts.add(known(embed, "title"));
          texts.add(known(embed, "description"));
          texts.addAll(SlackDay.fields(embed.path("fields"), "name"));
          texts.add(known(embed.path("footer"), "text"));
        });
    message
        .path("stickers")
        .forEach(sticker -> texts.add("[sticker " + known(sticker, "name") + "]"));
    return counted(
        known(author, "nickname", "name"),
        ChatTimes.of(message, "timestamp"),
        out.speaker(message.path("reference").path("messageId").asText()),
        lines(texts));
  }

  /// Returns the first field that has text.
  static String known(JsonNode node, String... fields) {
    for (String field : fields) {
      if (node.hasNonNull(field) && !node.path(field).asText().isBlank()) {
        return node.path(field).asText();
      }
    }
    return "";
  }

  static String lines(List<String> texts) {
    return String.join("\n", texts.stream().filter(text -> !text.isBlank()).toList());
  }
}
