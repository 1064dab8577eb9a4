package brimful.index;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Folding;
import brimful.corpus.Picture;
import brimful.index.term.KnownForms;
import brimful.index.term.LuceneDictionary;
import brimful.index.term.NaturalLanguage;
import brimful.index.term.Vocabulary;
import brimful.index.term.WordForms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.ByteArrayDataInput;

/// A snapshot of a [LuceneIndex]: a reader, and the catalog of what it reads.
final class LuceneSnapshot implements Snapshot {
  /// How many chunks one thread reads at a time; fewer are not worth a second thread.
  private static final int CHUNKS_A_PART = 4_096;

  private final IndexReader reader;
  private final OutlineCatalog catalog;
  private final boolean lacksTerms;

  private final BiFunction<IndexReader, Exception, RuntimeException> failed;

  /// @param lacksTerms whether it cannot be searched, only read
  /// @param failed creates the exception for a read error
  LuceneSnapshot(
      IndexReader reader,
      OutlineCatalog catalog,
      boolean lacksTerms,
      BiFunction<IndexReader, Exception, RuntimeException> failed) {
    this.reader = reader;
    this.catalog = catalog;
    this.lacksTerms = lacksTerms;
    this.failed = failed;
  }

  @Override
  public SequencedMap<DocumentId, ItemState> items() {
    return catalog.items();
  }

  @Override
  public Optional<ItemState> item(DocumentId id) {
    return catalog.item(id);
  }

  @Override
  public List<Outline> outlines() {
    return catalog.outlines();
  }

  @Override
  public Matches matches(Terms terms) {
    requireTerms();
    try {
      SortedMap<String, Float> weights = ItemBlock.terms(terms.passages());
      if (!terms.forms()) {
        return Scorer.matches(reader, catalog, weights);
      }
      NaturalLanguage language = terms.language().orElseGet(() -> languages().getFirst());
      return Scorer.matches(reader, catalog, weights, wordForms(language));
    } catch (IOException | RuntimeException e) {
      throw failed.apply(reader, e);
    }
  }

  @Override
  public <T> T derived(Class<T> type, Function<List<Outline>, T> derive) {
    return catalog.derived(type, derive);
  }

  @Override
  public List<Hit> defining(String name) {
    requireTerms();
    var chunks = new TreeSet<Integer>();
    try {
      for (LeafReaderContext leaf : reader.leaves()) {
        PostingsEnum found =
            leaf.reader().postings(new Term(IndexSchema.DEFINES, Folding.of(name)));
        while (found != null && found.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          chunks.add(catalog.chunk(leaf.docBase + found.docID()));
        }
      }
    } catch (IOException | RuntimeException e) {
      throw failed.apply(reader, e);
    }
    // Deleted documents have no number.
    return chunks.stream().filter(chunk -> chunk >= 0).map(chunk -> catalog.hit(chunk, 1)).toList();
  }

  @Override
  public Optional<String> spelling(String word) {
    requireTerms();
    try {
      return vocabulary().spelling(word);
    } catch (IOException | RuntimeException e) {
      throw failed.apply(reader, e);
    }
  }

  @Override
  public List<NaturalLanguage> languages() {
    requireTerms();
    return catalog
        .derived(
            Languages.class,
            _ -> {
              try {
                return new Languages(vocabulary().languages());
              } catch (IOException | RuntimeException e) {
                throw failed.apply(reader, e);
              }
            })
        .all();
  }

  /// @param all most used first
  private record Languages(List<NaturalLanguage> all) {}

  private WordForms wordForms(NaturalLanguage language) throws IOException {
    KnownForms known = catalog.derived(KnownForms.class, _ -> new KnownForms());
    return new WordForms(vocabulary(), language, known);
  }

  private Vocabulary vocabulary() throws IOException {
    return new Vocabulary(new LuceneDictionary(reader, IndexSchema.TERMS));
  }

  private void requireTerms() {
    if (lacksTerms) {
      throw new IllegalStateException("this index has no terms to search: add them first");
    }
  }

  @Override
  public List<Chunk> read(List<ChunkRef> refs) {
    refs.forEach(this::known);
    // Doc values can only be read forwards.
    int[] order =
        IntStream.range(0, refs.size())
            .boxed()
            .sorted(Comparator.comparingInt(at -> refs.get(at).key()))
            .mapToInt(Integer::intValue)
            .toArray();
    var chunks = new Chunk[refs.size()];
    int parts = Math.ceilDiv(order.length, CHUNKS_A_PART);
    if (parts > 1) {
      IntStream.range(0, parts)
          .parallel()
          .forEach(part ->
              read(
                  refs,
                  Arrays.copyOfRange(
                      order,
                      part * CHUNKS_A_PART,
                      Math.min(order.length, (part + 1) * CHUNKS_A_PART)),
                  chunks));
    } else {
      read(refs, order, chunks);
    }
    return Collections.unmodifiableList(Arrays.asList(chunks));
  }

  /// Reads some of the chunks that are asked for.
  ///
  /// @param order which of them, by ascending key
  private void read(List<ChunkRef> refs, int[] order, Chunk[] chunks) {
    try {
      int next = 0;
      for (LeafReaderContext leaf : reader.leaves()) {
        int end = leaf.docBase + leaf.reader().maxDoc();
        if (next == order.length || refs.get(order[next]).key() >= end) {
          continue;
        }
        BinaryDocValues values = leaf.reader().getBinaryDocValues(IndexSchema.CHUNK);
        while (next < order.length && refs.get(order[next]).key() < end) {
          ChunkRef ref = refs.get(order[next]);
          if (values == null || !values.advanceExact(ref.key() - leaf.docBase)) {
            throw new CorruptIndexException("it has no text", "a chunk");
          }
          chunks[order[next]] = ChunkRecord.of(values.binaryValue()).chunk(ref);
          next++;
        }
      }
    } catch (IOException | RuntimeException e) {
      throw failed.apply(reader, e);
    }
  }

  @Override
  public List<Picture> pictures(List<ChunkRef> refs) {
    refs.forEach(this::known);
    try {
      List<Picture> pictures = new ArrayList<>(refs.size());
      for (ChunkRef ref : refs) {
        pictures.add(ref.picture().isNone() ? Picture.NONE : picture(ref));
      }
      return pictures;
    } catch (IOException | RuntimeException e) {
      throw failed.apply(reader, e);
    }
  }

  private Picture picture(ChunkRef ref) throws IOException {
    LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(ref.key(), reader.leaves()));
    BinaryDocValues values = leaf.reader().getBinaryDocValues(IndexSchema.PICTURE);
    if (values == null || !values.advanceExact(ref.key() - leaf.docBase)) {
      throw new CorruptIndexException("its picture is missing", "a chunk");
    }
    ByteArrayDataInput in = ChecksummedRecord.open(values.binaryValue(), "a picture");
    byte[] bytes = new byte[ref.picture().bytes()];
    in.readBytes(bytes, 0, bytes.length);
    return new Picture(bytes);
  }

  private void known(ChunkRef ref) {
    int number = catalog.chunk(ref.key());
    if (number < 0 || !catalog.ref(number).equals(ref)) {
      throw new IllegalArgumentException(
          "chunk %s of %s is not of this snapshot: take its outline from the same one"
              .formatted(ref.ordinal(), ref.document()));
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
