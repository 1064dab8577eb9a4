package brimful.index;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFieldVisitor;
import org.apache.lucene.index.StoredFields;

/// A snapshot of a [LuceneIndex]: a reader, and the catalog of what it reads.
final class LuceneSnapshot implements Snapshot {
  private final IndexReader reader;
  private final Catalog catalog;

  LuceneSnapshot(IndexReader reader, Catalog catalog) {
    this.reader = reader;
    this.catalog = catalog;
  }

  @Override
  public SequencedMap<DocumentId, ItemState> items() {
    return catalog.items();
  }

  @Override
  public List<Outline> outlines() {
    return catalog.outlines();
  }

  @Override
  public List<Hit> chunks(Terms terms, int limit) {
    return best(terms, limit, false).stream()
        .map(scored -> {
          ChunkRef ref = catalog.ref(scored.number());
          return new Hit(ref.document(), ref.ordinal(), scored.score());
        })
        .toList();
  }

  @Override
  public List<Hit> documents(Terms terms, int limit) {
    List<Outline> outlines = catalog.outlines();
    return best(terms, limit, true).stream()
        .map(scored -> new Hit(outlines.get(scored.number()).document(), 0, scored.score()))
        .toList();
  }

  private List<Scorer.Scored> best(Terms terms, int limit, boolean whole) {
    try {
      return new Scorer(reader, catalog, whole).best(ItemBlock.terms(terms.passages()), limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Chunk> read(List<ChunkRef> refs) {
    // In the order of the disk, so that each compressed block is opened once.
    List<Integer> order =
        IntStream.range(0, refs.size())
            .boxed()
            .sorted(Comparator.comparingInt(at -> refs.get(at).key()))
            .toList();
    var chunks = new Chunk[refs.size()];
    var value = new Value();
    try {
      StoredFields stored = reader.storedFields();
      for (int at : order) {
        ChunkRef ref = refs.get(at);
        int number = catalog.chunk(ref.key());
        if (number < 0 || !catalog.ref(number).equals(ref)) {
          throw new IllegalArgumentException(
              "chunk %d of %s is not of this snapshot: take its outline from the same one"
                  .formatted(ref.ordinal(), ref.document()));
        }
        stored.document(ref.key(), value);
        chunks[at] = ChunkRecord.of(value.bytes).chunk(ref);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableList(Arrays.asList(chunks));
  }

  /// Takes the one stored field there is.
  private static final class Value extends StoredFieldVisitor {
    private byte[] bytes = {};

    @Override
    public Status needsField(FieldInfo field) {
      return Status.YES;
    }

    @Override
    public void binaryField(FieldInfo field, byte[] value) {
      bytes = value;
    }
  }

  @Override
  public void close() {
    try {
      reader.decRef();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
