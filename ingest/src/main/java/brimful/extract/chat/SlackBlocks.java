package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The text of Slack's blocks, in which people's formatted messages and those of programs stand: a
/// line for each paragraph, item, field or picture with a description.
///
/// Names and links come as Slack writes them in plain text (`<@U02>`), and are resolved with it.
final class SlackBlocks {
  /// Blocks that are deeper are none that Slack shows.
  private static final int DEPTH_MAX = 20;

  private static final List<String> TEXTS =
      List.of(
          "author_name",
          "title",
          "text",
          "fields",
          "alt_text",
          "description",
          "label",
          "hint",
          "placeholder",
          "elements",
          "rows",
          "options",
          "accessory",
          "element",
          "blocks",
          "message");

  /// What a message's plain text writes otherwise than its blocks: references and symbols.
  private static final Pattern UNEQUAL =
      Pattern.compile("<[^<>]{0,2000}>|:[a-z0-9_+'-]{1,100}:|&(?:lt|gt|amp);");

  private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final List<String> lines = new ArrayList<>();

  private SlackBlocks() {}

  /// Returns the lines of some blocks.
  ///
  /// @param known the message's plain text, which most often repeats them; what it has is left out
  static List<String> lines(JsonNode blocks, String known) {
    var all = new SlackBlocks();
    blocks.forEach(block -> all.block(block, 0));
    String there = comparable(known);
    return all.lines.stream()
        .filter(line -> !line.isBlank())
        .filter(line ->
            comparable(line).isEmpty()
                ? !known.contains(line.strip())
                : !there.contains(comparable(line)))
        .toList();
  }

  private static String comparable(String text) {
    return MARKS.matcher(UNEQUAL.matcher(text).replaceAll("")).replaceAll("");
  }

  private void block(JsonNode node, int depth) {
    if (depth > DEPTH_MAX) {
      return;
    }
    if (node.isTextual()) {
      lines.add(node.asText());
    } else if (node.isArray()) {
      node.forEach(each -> block(each, depth + 1));
    } else if (isLine(node)) {
      lines.add(inline(node.path("elements")));
    } else if (node.path("type").asText().equals("rich_text_list")) {
      node.path("elements").forEach(item -> item(item, depth + 1));
    } else {
      for (String field : TEXTS) {
        if (node.hasNonNull(field)) {
          block(node.path(field), depth + 1);
        }
      }
    }
  }

  private static boolean isLine(JsonNode node) {
    return switch (node.path("type").asText()) {
      case "rich_text_section", "rich_text_quote", "rich_text_preformatted" -> true;
      default -> false;
    };
  }

  private void item(JsonNode item, int depth) {
    int first = lines.size();
    block(item, depth);
    if (lines.size() > first) {
      lines.set(first, "- " + lines.get(first));
    }
  }

  private static String inline(JsonNode elements) {
    var text = new StringBuilder();
    elements.forEach(each ->
        text.append(
            switch (each.path("type").asText()) {
              case "user" -> "<@" + each.path("user_id").asText() + ">";
              case "usergroup" -> "<!" + each.path("usergroup_id").asText() + ">";
              case "channel" -> "<#" + each.path("channel_id").asText() + ">";
              case "broadcast" -> "<!" + each.path("range").asText() + ">";
              case "emoji" -> ":" + each.path("name").asText() + ":";
              case "link" -> link(each);
              default -> escaped(ChannelExport.known(each, "text", "fallback", "value"));
            }));
    return text.toString();
  }

  private static String link(JsonNode link) {
    String label = escaped(ChannelExport.known(link, "text"));
    return "<" + link.path("url").asText() + (label.isEmpty() ? "" : "|" + label) + ">";
  }

  /// Some exports have characters escaped here, too.
  private static String escaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
