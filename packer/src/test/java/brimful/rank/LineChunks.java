package brimful.rank;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts text every so many lines: enough to index real text without the real chunker.
///
/// A form feed begins the next page of a document named `.pdf`.
final class LineChunks {
  private static final Pattern DEFINITION =
      Pattern.compile(
          "^\\s*(?:(?:public|private|protected|static|final|abstract|sealed|async|export)\\s+)*"
              + "(?:class|interface|record|enum|def|func|function)\\s+(\\w+)",
          Pattern.MULTILINE);

  private LineChunks() {}

  static Item item(DocumentId id, String text, int lines) {
    List<Chunk> chunks =
        id.value().endsWith(".pdf") ? paged(id, text, lines) : chunks(id, text, lines);
    List<Document> documents = chunks.isEmpty() ? List.of() : List.of(new Document(id, chunks));
    return new Item(id, "stamp", new Outcome.Indexed(), documents, List.of());
  }

  private static List<Chunk> chunks(DocumentId id, String text, int lines) {
    var chunks = new ArrayList<Chunk>();
    List<String> all = text.lines().toList();
    for (int from = 0; from < all.size(); from += lines) {
      int to = Math.min(all.size(), from + lines);
      String part = String.join("\n", all.subList(from, to));
      if (!part.isBlank()) {
        int tokens = 1 + part.length() / 4;
        var locator = new Locator.Lines(from + 1, to);
        chunks.add(new Chunk(id, chunks.size(), locator, "", definitions(part), part, tokens));
      }
    }
    return chunks;
  }

  private static List<Chunk> paged(DocumentId id, String text, int lines) {
    var chunks = new ArrayList<Chunk>();
    String[] pages = text.split("\f", -1);
    for (int page = 1; page <= pages.length; page++) {
      for (Chunk chunk : chunks(id, pages[page - 1], lines)) {
        var locator = new Locator.Page(page);
        chunks.add(
            new Chunk(id, chunks.size(), locator, "", List.of(), chunk.text(), chunk.tokens()));
      }
    }
    return chunks;
  }

  private static List<String> definitions(String text) {
    var names = new ArrayList<String>();
    Matcher matcher = DEFINITION.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
