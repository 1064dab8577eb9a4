package brimful.extract.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads contacts (vCard) as entries: the name, then what is known of the person or company.
final class Contacts {
  private static final Map<String, String> LABELS = new LinkedHashMap<>();

  static {
    LABELS.put("NICKNAME", "Nickname");
    LABELS.put("TITLE", "Title");
    LABELS.put("ROLE", "Role");
    LABELS.put("ORG", "Organization");
    LABELS.put("TEL", "Phone");
    LABELS.put("EMAIL", "Email");
    LABELS.put("IMPP", "Chat");
    LABELS.put("ADR", "Address");
    LABELS.put("URL", "Web");
    LABELS.put("BDAY", "Birthday");
    LABELS.put("ANNIVERSARY", "Anniversary");
    LABELS.put("RELATED", "Related");
    LABELS.put("CATEGORIES", "Categories");
    LABELS.put("NOTE", "Note");
    LABELS.put("PHOTO", "Photo");
    LABELS.put("LOGO", "Logo");
  }

  private static final Set<String> PICTURES = Set.of("PHOTO", "LOGO");

  /// Types that say how a value is reached or written, and nothing to a reader.
  private static final Set<String> TECHNICAL =
      Set.of("internet", "pref", "voice", "x400", "x-internet", "base64", "b");

  private Contacts() {}

  /// Returns all entries as one text; none if there is no entry.
  static List<ReadablePart> parts(String text) {
    List<String> entries = new ArrayList<>();
    List<ContentLine> entry = new ArrayList<>();
    boolean open = false;
    for (ContentLine line : ContentLine.of(text)) {
      boolean card = line.value().strip().equalsIgnoreCase("VCARD");
      if (line.name().equals("BEGIN") && card) {
        open = true;
        entry.clear();
      } else if (line.name().equals("END") && card && open) {
        entries.add(shown(entry));
        open = false;
      } else {
        entry.add(line);
      }
    }
    return entries.isEmpty()
        ? List.of()
        : List.of(ReadablePart.lines(String.join("\n\n", entries)));
  }

  private static String shown(List<ContentLine> entry) {
    List<String> lines = new ArrayList<>();
    lines.add(name(entry));
    LABELS.forEach((name, label) -> {
      for (ContentLine line : entry) {
        String value = line.name().equals(name) ? value(line) : "";
        if (!value.isEmpty()) {
          lines.add(label + types(line) + ": " + value);
        }
      }
    });
    return String.join("\n", lines);
  }

  private static String name(List<ContentLine> entry) {
    for (String key : List.of("FN", "N", "ORG", "EMAIL")) {
      for (ContentLine line : entry) {
        if (line.name().equals(key) && !line.fields().isEmpty()) {
          List<String> fields = line.fields();
          // Family name first, as in an address book.
          return String.join(key.equals("N") ? ", " : " ", fields);
        }
      }
    }
    return "(no name)";
  }

  private static String value(ContentLine line) {
    if (PICTURES.contains(line.name())) {
      boolean address = line.value().regionMatches(true, 0, "http", 0, 4);
      return address ? line.text() : picture(line);
    }
    return switch (line.name()) {
      case "ADR", "ORG" -> String.join(", ", line.fields()).replace('\n', ' ');
      case "BDAY", "ANNIVERSARY" ->
          line.text().replaceFirst("^(\\d{4})(\\d\\d)(\\d\\d)$", "$1-$2-$3");
      default -> line.text().replaceFirst("(?i)^(?:tel|mailto):", "");
    };
  }

  private static String picture(ContentLine line) {
    String value = line.value();
    int data = value.startsWith("data:") ? value.indexOf(',') + 1 : 0;
    String type = line.parameter("TYPE").split(",", 2)[0].toLowerCase(Locale.ROOT);
    String media = data > 5 ? value.substring(5, data - 1).split(";", 2)[0] : "";
    String shown =
        !media.isEmpty()
            ? media
            : type.isEmpty() ? "image" : type.contains("/") ? type : "image/" + type;
    return EmbeddedData.placeholder(shown, EmbeddedData.decoded(value.length() - data));
  }

  private static String types(ContentLine line) {
    if (PICTURES.contains(line.name())) {
      return "";
    }
    List<String> types = new ArrayList<>();
    for (String type : line.parameter("TYPE").toLowerCase(Locale.ROOT).split(",", -1)) {
      if (!type.isBlank() && !TECHNICAL.contains(type.strip())) {
        types.add(type.strip());
      }
    }
    return types.isEmpty() ? "" : " (" + String.join(", ", types) + ")";
  }
}
