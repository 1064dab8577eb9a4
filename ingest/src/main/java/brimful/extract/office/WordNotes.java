package brimful.extract.office;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The comments, footnotes and endnotes of a Word document, to be shown where they belong.
///
/// Not thread-safe.
final class WordNotes implements WordSink {
  private final Map<String, List<String>> lines = new HashMap<>();
  private final Map<String, String> authors = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private List<String> now = new ArrayList<>();

  /// Begins a note.
  ///
  /// @param key its kind and id, such as `comment 3`
  void begin(String key, String author) {
    now = new ArrayList<>();
    lines.put(key, now);
    authors.put(key, author.strip());
  }

  /// Returns the lines of the note that was begun last.
  List<String> now() {
    return now;
  }

  /// Returns what stands in the text for a note: `[2]`, or `[endnote 2]`.
  String mark(String key) {
    return "[" + (key.startsWith("endnote") ? "endnote " : "") + number(key) + "]";
  }

  private int number(String key) {
    String kind = key.substring(0, key.indexOf(' '));
    if (!numbers.containsKey(key)) {
      numbers.put(key, numbers.merge(kind, 1, Integer::sum));
    }
    return numbers.get(key);
  }

  /// Returns a comment as `[comment by Mia: …]`; empty if it has no text.
  Optional<String> comment(String key) {
    return text(key)
        .map(text -> {
          String author = authors.getOrDefault(key, "");
          return "[comment" + (author.isEmpty() ? "" : " by " + author) + ": " + text + "]";
        });
  }

  /// Returns a note as `[footnote 2: …]`; empty if it has no text.
  Optional<String> note(String key) {
    String kind = key.substring(0, key.indexOf(' '));
    return text(key).map(text -> "[" + kind + " " + number(key) + ": " + text + "]");
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(lines.remove(key))
        .map(parts -> String.join(" / ", parts).strip())
        .filter(text -> !text.isEmpty());
  }

  /// Returns the texts that nothing in the document refers to.
  List<String> unreferred() {
    return lines.keySet().stream().sorted().toList().stream()
        .flatMap(key -> (key.startsWith("comment") ? comment(key) : text(key)).stream())
        .toList();
  }

  @Override
  public void paragraph(WordParagraph paragraph) {
    String text = paragraph.text.toString().replaceAll("\\s+", " ").strip();
    if (!text.isEmpty()) {
      now.add(text);
    }
    now.addAll(paragraph.beside);
  }

  @Override
  public void startTable() {}

  @Override
  public void startRow() {}

  @Override
  public void startCell() {}

  @Override
  public void endCell(int columns) {}

  @Override
  public void endRow() {}

  @Override
  public void endTable() {}
}
