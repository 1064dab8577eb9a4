package brimful.chunk;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.extract.Section;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts documents into chunks along their structure: definitions, headings, paragraphs, pages.
///
/// Invariant: the chunks of a section tile it; joined by line breaks they are its text again. Two
/// exceptions: a single line too long for a chunk is cut between two characters, and its pieces
/// keep its line number; white space that alone would fill half a chunk is dropped.
///
/// Cost: sizes are estimated first and most chunks are counted once; the time is linear in the
/// text. Safe for many threads.
public final class Chunker {
  private final TokenCounter counter;
  private final ChunkLimits limits;

  public Chunker(TokenCounter counter, ChunkLimits limits) {
    this.counter = counter;
    this.limits = limits;
  }

  /// Returns the document with its chunks, or empty if there is no text in any section.
  ///
  /// @param id names the document and, by its end, its language
  /// @param sections in reading order; no chunk spans two of them
  public Optional<Document> chunk(DocumentId id, List<Section> sections) {
    var chunks = new ArrayList<Chunk>();
    String title = "";
    for (Section section : sections) {
      if (!section.text().isBlank()) {
        SectionCutter cutter = cut(id, 0, section, chunks);
        title = sections.size() == 1 ? cutter.title() : "";
      }
    }
    return chunks.isEmpty() ? Optional.empty() : Optional.of(new Document(id, title, chunks));
  }

  /// Returns what follows of a large document, cut for itself; empty if there is no text in any
  /// section.
  ///
  /// @param title the title of the document, which its beginning has
  /// @param first the ordinal of the next chunk
  public Optional<Document> following(
      DocumentId id, String title, int first, List<Section> sections) {
    var chunks = new ArrayList<Chunk>();
    for (Section section : sections) {
      if (!section.text().isBlank()) {
        SectionCutter _ = cut(id, first, section, chunks);
      }
    }
    return chunks.isEmpty() ? Optional.empty() : Optional.of(new Document(id, title, chunks));
  }

  private SectionCutter cut(DocumentId id, int first, Section section, List<Chunk> chunks) {
    var cutter = new SectionCutter(counter, limits, id, first, section, chunks);
    cutter.cut();
    return cutter;
  }
}
