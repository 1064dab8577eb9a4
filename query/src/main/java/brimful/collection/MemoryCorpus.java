package brimful.collection;

import brimful.chunk.Chunker;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.extract.Section;
import brimful.index.MemoryIndex;
import brimful.ingest.Ingested;
import brimful.token.Tokenizers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/// Texts that are ranked in memory, such as the older turns of a conversation. Nothing is written
/// to disk.
///
/// @param display their name for people
/// @param texts each becomes a document
public record MemoryCorpus(String display, List<Text> texts) implements Corpus {
  public MemoryCorpus {
    texts = List.copyOf(texts);
  }

  /// A document of such a text, with any line breaks.
  public record Text(DocumentId id, String text) {}

  @Override
  public OpenCorpus open(String tokenizer) {
    long start = System.nanoTime();
    Chunker chunker = SourceReader.chunker(Tokenizers.named(tokenizer));
    List<Item> items = texts.stream().map(text -> item(text, chunker)).toList();
    var outcomes = new LinkedHashMap<DocumentId, Outcome>();
    items.forEach(item -> outcomes.put(item.id(), item.outcome()));
    return new OpenCorpus.UpToDate(
        MemoryIndex.of(items),
        new Ingested(outcomes, items.size(), 0),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private static Item item(Text said, Chunker chunker) {
    String text = said.text().replace("\r\n", "\n").replace('\r', '\n');
    var lines = new Locator.Lines(1, (int) text.chars().filter(c -> c == '\n').count() + 1);
    return new Item(
        said.id(),
        "",
        new Outcome.Indexed(),
        chunker.chunk(said.id(), List.of(new Section(lines, text))).stream().toList(),
        List.of());
  }
}
