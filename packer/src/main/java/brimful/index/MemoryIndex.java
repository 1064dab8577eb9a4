package brimful.index;

import brimful.corpus.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.ByteBuffersDirectory;

/// An index that is made once, in memory, and only read. It uses no files, and its memory is free
/// when its snapshot is.
public final class MemoryIndex {
  private MemoryIndex() {}

  /// Returns a snapshot of an index that holds items and nothing else; the caller closes it.
  public static Snapshot of(List<Item> items) {
    var directory = new ByteBuffersDirectory();
    try (var writer = new IndexWriter(directory, IndexFolder.config())) {
      var block = new ItemBlock();
      for (Item item : items) {
        writer.addDocuments(block.of(ItemParts.Part.last(item, 0), true));
      }
      writer.commit();
      DirectoryReader reader = DirectoryReader.open(directory);
      return new LuceneSnapshot(reader, OutlineCatalog.read(reader), false, MemoryIndex::failure);
    } catch (IOException e) {
      throw new UncheckedIOException("an index in memory cannot be written", e);
    }
  }

  private static RuntimeException failure(Object reader, Exception e) {
    return e instanceof RuntimeException own
        ? own
        : new IllegalStateException("memory cannot be read from " + reader, e);
  }
}
