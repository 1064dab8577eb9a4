package brimful.extract.office;

import brimful.extract.format.RaisedText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xml.sax.Attributes;

/// A paragraph of a Word document while it is read. Not thread-safe.
final class WordParagraph {
  private static final Pattern LINK =
      Pattern.compile("^\\s*HYPERLINK\\s+\"([a-z][a-z0-9+.-]*:[^\"]+)\"", Pattern.CASE_INSENSITIVE);

  /// A field between its marks: first its code, then the result that is shown.
  private static final class Field {
    final StringBuilder code = new StringBuilder();
    final List<String> choices = new ArrayList<>();
    Optional<Integer> chosen = Optional.empty();
    Optional<Boolean> checked = Optional.empty();
    int shownFrom = -1;

    /// Returns what a form shows that has no result: a box, or the choice of a list.
    String value() {
      int choice = chosen.orElse(0);
      return checked
          .map(on -> on ? "☒" : "☐")
          .orElse(choice < choices.size() ? choices.get(choice) : "");
    }
  }

  /// A stretch of text that leads to an address.
  private record Link(int from, String address) {}

  final StringBuilder text = new StringBuilder();
  String style = "";

  /// What stands before it, if that is known without counting.
  Optional<String> mark = Optional.empty();

  Optional<String> number = Optional.empty();
  Optional<Integer> level = Optional.empty();
  Optional<Integer> heading = Optional.empty();

  /// Whether its end was deleted, so that the next one continues it.
  boolean continued;

  /// What stands beside it, such as notes and comments: shown below it.
  final List<String> beside = new ArrayList<>();

  private int shiftedTo = -1;
  private final Deque<Field> fields = new ArrayDeque<>();
  private final Deque<Link> links = new ArrayDeque<>();

  void write(String characters) {
    if (fields.stream().allMatch(field -> field.shownFrom >= 0)) {
      text.append(characters);
    }
  }

  /// Writes a raised or lowered text, which may come in pieces.
  void shifted(String characters, boolean raised) {
    boolean goesOn = shiftedTo == text.length();
    char before = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
    write((goesOn ? "" : RaisedText.mark(raised, before, characters.strip())) + characters);
    shiftedTo = text.length();
  }

  void beginField() {
    fields.push(new Field());
  }

  void code(String characters) {
    if (!fields.isEmpty() && fields.peek().shownFrom < 0) {
      fields.peek().code.append(characters);
    }
  }

  /// Takes what describes the field of a form.
  void form(String name, Attributes attributes) {
    Field field = fields.peek();
    if (field == null) {
      return;
    }
    String value = Xml.value(attributes, "val");
    switch (name) {
      case "listEntry" -> field.choices.add(value);
      case "result" -> field.chosen = Optional.of(Xml.number(attributes, "val", 0));
      case "default" -> {
        if (field.checked.isPresent()) {
          field.checked = Optional.of(Xml.on(attributes, "val"));
        }
        field.chosen = field.chosen.or(() -> Optional.of(Xml.number(attributes, "val", 0)));
      }
      case "checkBox" -> field.checked = Optional.of(false);
      case "checked" -> field.checked = Optional.of(value.isEmpty() || Xml.on(attributes, "val"));
      default -> {
        // Its name, its help.
      }
    }
  }

  void separateField() {
    if (!fields.isEmpty()) {
      fields.peek().shownFrom = text.length();
    }
  }

  void endField() {
    if (!fields.isEmpty()) {
      Field field = fields.pop();
      if (field.shownFrom < 0 || field.shownFrom == text.length()) {
        write(field.value());
      }
      Matcher link = LINK.matcher(field.code);
      if (field.shownFrom >= 0 && link.find()) {
        link(field.shownFrom, link.group(1));
      }
    }
  }

  /// @param address where the link leads; empty within the document
  void beginLink(String address) {
    links.push(new Link(text.length(), address));
  }

  void endLink() {
    if (!links.isEmpty()) {
      Link link = links.pop();
      link(link.from, link.address);
    }
  }

  /// Writes `[text](address)`, unless the text says the address.
  private void link(int from, String address) {
    if (from > text.length() || address.isBlank()) {
      return;
    }
    String shown = text.substring(from).strip();
    String plain = address.replaceFirst("^(?:mailto:|https?://)", "").replaceFirst("/$", "");
    if (!shown.isEmpty() && !shown.contains(plain) && !shown.contains("\n")) {
      text.setLength(from);
      text.append('[').append(shown).append("](").append(address.strip()).append(')');
    }
  }
}
