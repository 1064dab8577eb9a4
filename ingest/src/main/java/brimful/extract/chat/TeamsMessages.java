package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The messages of Teams, from Microsoft Graph or from a person's own export, and what it notes
/// itself, such as who joined.
///
/// A person whose message has only an id, such as `8:live:ann`, is called as in earlier messages,
/// or by the id without what it begins with. For one file.
final class TeamsMessages {
  private static final Pattern BREAK =
      Pattern.compile("(?i)<br\\b[^>]{0,200}>|</(?:p|div|li|tr|h\\d|blockquote)>");
  private static final Pattern TAG = Pattern.compile("<[/!a-zA-Z][^<>]{0,2000}>");
  private static final Pattern KIND = Pattern.compile("^\\d{1,3}:(?:live:|orgid:)?(?:\\.cid\\.)?");

  /// Who is meant in a note of Teams itself, and new names of things.
  private static final Pattern NAMED =
      Pattern.compile("(?i)<(?:target|value|friendlyname)>([^<>]{1,200})<");

  private static final String NOTE = "ThreadActivity/";
  private static final int NAMES_MAX = 100_000;

  private final ChatCollector out;
  private final Map<String, String> names = new HashMap<>();

  TeamsMessages(ChatCollector out) {
    this.out = out;
  }

  /// Returns the turn of a message; one of which nothing can be shown is counted.
  Optional<ChatTurn> turn(JsonNode message) {
    JsonNode body = message.path("body");
    String content =
        body.isObject() ? body.path("content").asText() : message.path("content").asText("");
    if (!message.has("body") && !message.has("content")) {
      out.broken(1);
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    texts.add(ChannelExport.known(message, "subject"));
    String note = note(message, content);
    texts.add(note.isEmpty() ? withoutTags(content) : note);
    for (JsonNode file : message.path("attachments")) {
      String name = ChannelExport.known(file, "name");
      texts.add(name.isEmpty() ? "" : "[file " + name + "]");
    }
    if (message.hasNonNull("deletedDateTime")) {
      texts.add("(deleted)");
    }
    Optional<ChatTurn> turn =
        MessageText.turn(
            speaker(message),
            ChatTimes.of(message, "createdDateTime", "originalarrivaltime"),
            out.speaker(message.path("replyToId").asText()),
            ChannelExport.lines(texts));
    out.broken(turn.isPresent() ? 0 : 1);
    return turn;
  }

  private String speaker(JsonNode message) {
    JsonNode from = message.path("from");
    if (from.isObject()) {
      return ChannelExport.known(from.path("user"), "displayName")
          + ChannelExport.known(from.path("application"), "displayName");
    }
    String id = from.asText("");
    String name = ChannelExport.known(message, "displayName");
    if (!name.isEmpty() && !id.isEmpty() && names.size() < NAMES_MAX) {
      names.put(id, name);
    }
    return name.isEmpty() ? named(id) : name;
  }

  private String named(String id) {
    return names.getOrDefault(id, KIND.matcher(id).replaceFirst(""));
  }

  /// Returns what Teams itself says: `(AddMember ann, bob)`.
  private String note(JsonNode message, String content) {
    String type = ChannelExport.known(message, "messagetype");
    String detail = message.path("eventDetail").path("@odata.type").asText();
    String kind =
        type.startsWith(NOTE)
            ? type.substring(NOTE.length())
            : detail.substring(detail.lastIndexOf('.') + 1).replace("EventMessageDetail", "");
    if (kind.isEmpty()) {
      return "";
    }
    List<String> all = new ArrayList<>();
    for (Matcher one = NAMED.matcher(content); one.find(); ) {
      all.add(named(one.group(1)));
    }
    for (JsonNode member : message.path("eventDetail").path("members")) {
      all.add(ChannelExport.known(member, "displayName", "id"));
    }
    return "(" + (kind + " " + String.join(", ", all)).strip() + ")";
  }

  private static String withoutTags(String html) {
    return TAG.matcher(BREAK.matcher(html).replaceAll("\n"))
        .replaceAll("")
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }
}
