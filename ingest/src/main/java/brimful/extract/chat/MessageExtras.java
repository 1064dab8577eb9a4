package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a message carries beside its text: the names of attached files, and further fields with
/// words in them. Reactions are left out.
///
/// Exports have many fields of which no reader knows the names. Those whose value is two words or
/// more are text; others are ids, types and times.
final class MessageExtras {
  private static final Pattern WORDS = Pattern.compile("(?s).*\\p{L}\\S*\\s+\\S*\\p{L}.*");

  /// Fields that hold the text itself, or how a program notes a message.
  private static final Set<String> KNOWN =
      Set.of(
          "text from actor name role author sender recipient content value parts body date time"
              .split(" ", -1));

  private static final Set<String> TIMES =
      Set.of("timestamp", "created_at", "create_time", "createdDateTime", "edited", "ts");

  private static final Set<String> FILES =
      Set.of("attachments", "files", "documents", "images", "media", "stickers");

  private static final String[] NAMES = {
    "name", "file_name", "fileName", "filename", "title", "url", "path"
  };

  private static final String[] WORDS_OF_FILES = {"description", "caption", "alt", "alt_txt"};

  private MessageExtras() {}

  /// Returns what a message carries, a line each.
  ///
  /// @param shown fields that its reader shows itself
  static List<String> of(JsonNode message, String... shown) {
    Set<String> read = Set.of(shown);
    List<String> lines = new ArrayList<>();
    message
        .properties()
        .forEach(field -> {
          String name = field.getKey();
          if (read.contains(name) || KNOWN.contains(name) || TIMES.contains(name)) {
            return;
          }
          JsonNode value = field.getValue();
          if (FILES.contains(name)) {
            lines.addAll(files(value));
          } else if (value.isTextual()
              && WORDS.matcher(value.asText()).matches()
              && !name.contains("reaction")) {
            lines.add(name + ": " + value.asText());
          }
        });
    return lines;
  }

  /// Returns the names of files, and what is said of them.
  static List<String> files(JsonNode files) {
    List<String> lines = new ArrayList<>();
    for (JsonNode file : files) {
      String name = file.isTextual() ? file.asText() : ChannelExport.known(file, NAMES);
      if (!name.isBlank() && !name.startsWith("data:")) {
        String words = ChannelExport.known(file, WORDS_OF_FILES);
        lines.add("[file " + name + (words.isEmpty() ? "" : ": " + words) + "]");
      }
    }
    return lines;
  }
}
