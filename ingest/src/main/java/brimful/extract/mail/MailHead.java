package brimful.extract.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The lines that a reader sees above a mail: who, to whom, when, about what, and in reply to what.
///
/// In an archive of mails, and in a mail that answers another, ids are shown: they are how a thread
/// is followed. Elsewhere an id is only long. The list of `References` repeats ids. Not
/// thread-safe.
final class MailHead {
  private static final Map<String, String> SHOWN = new LinkedHashMap<>();

  static {
    SHOWN.put("from", "From");
    SHOWN.put("to", "To");
    SHOWN.put("cc", "Cc");
    SHOWN.put("bcc", "Bcc");
    SHOWN.put("date", "Date");
    SHOWN.put("subject", "Subject");
    SHOWN.put("message-id", "Message-ID");
    SHOWN.put("in-reply-to", "In reply to");
  }

  private final boolean inArchive;
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  MailHead(boolean inArchive) {
    this.inArchive = inArchive;
  }

  void add(String name, String body) {
    String key = name.toLowerCase(Locale.ROOT);
    if (SHOWN.containsKey(key)) {
      String text = MimeField.words(body).replaceAll("\\s+", " ").strip();
      if (!text.isEmpty()) {
        values.computeIfAbsent(key, _ -> new ArrayList<>()).add(text);
      }
    }
  }

  List<String> lines() {
    if (!inArchive && !values.containsKey("in-reply-to")) {
      values.remove("message-id");
    }
    var lines = new ArrayList<String>();
    SHOWN.forEach((key, label) -> {
      List<String> texts = values.getOrDefault(key, List.of());
      if (!texts.isEmpty()) {
        lines.add(label + ": " + value(key, texts));
      }
    });
    return lines;
  }

  private static String value(String key, List<String> texts) {
    return switch (key) {
      case "date" -> MailDate.display(texts.getFirst());
      case "message-id", "in-reply-to" -> texts.getFirst().replaceAll("[<>]", "");
      default -> String.join(", ", texts);
    };
  }
}
