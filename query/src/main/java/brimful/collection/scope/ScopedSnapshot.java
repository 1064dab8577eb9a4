package brimful.collection.scope;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Picture;
import brimful.index.ChunkRef;
import brimful.index.DocumentNumbers;
import brimful.index.Hit;
import brimful.index.ItemState;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.index.Terms;
import brimful.index.term.NaturalLanguage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// Some documents of a snapshot. Scores are those of the whole: how rare a word is, is counted in
/// all documents.
///
/// Closing it leaves the whole open.
public final class ScopedSnapshot implements Snapshot {
  private final Snapshot whole;
  private final List<Outline> outlines;
  private final DocumentNumbers numbers;

  /// By number in the whole; -1 for those left out.
  private final int[] own;

  private final Derivations derivations = new Derivations();

  /// Costs one test of each document of the whole.
  ScopedSnapshot(Snapshot whole, DocumentFilter filter) {
    this(
        whole,
        whole.outlines().stream().filter(outline -> filter.has(outline.document())).toList());
  }

  /// @param outlines some of the whole's, in its order
  public ScopedSnapshot(Snapshot whole, List<Outline> outlines) {
    this.whole = whole;
    this.outlines = List.copyOf(outlines);
    numbers = DocumentNumbers.of(whole);
    own = new int[whole.outlines().size()];
    Arrays.fill(own, -1);
    for (int number = 0; number < outlines.size(); number++) {
      own[numbers.of(outlines.get(number).document())] = number;
    }
  }

  @Override
  public SequencedMap<DocumentId, ItemState> items() {
    var kept = new LinkedHashMap<DocumentId, ItemState>();
    whole
        .items()
        .forEach((id, state) -> {
          int number = numbers.of(id);
          if (number >= 0 && own[number] >= 0) {
            kept.put(id, state);
          }
        });
    return kept;
  }

  @Override
  public List<Outline> outlines() {
    return outlines;
  }

  @Override
  public <T> T derived(Class<T> type, Function<List<Outline>, T> derive) {
    return derivations.of(type, () -> derive.apply(outlines));
  }

  @Override
  public Matches matches(Terms terms) {
    Matches all = whole.matches(terms);
    return new Matches() {
      @Override
      public List<Hit> chunks(int limit) {
        return kept(all.chunks(Integer.MAX_VALUE), limit);
      }

      @Override
      public List<Hit> documents(int limit) {
        return kept(all.documents(Integer.MAX_VALUE), limit);
      }
    };
  }

  private List<Hit> kept(List<Hit> hits, int limit) {
    return hits.stream()
        .filter(hit -> own[hit.document()] >= 0)
        .limit(limit)
        .map(hit -> new Hit(own[hit.document()], hit.ordinal(), hit.score()))
        .toList();
  }

  @Override
  public List<Hit> defining(String name) {
    return kept(whole.defining(name), Integer.MAX_VALUE);
  }

  @Override
  public Optional<String> spelling(String word) {
    return whole.spelling(word);
  }

  @Override
  public List<NaturalLanguage> languages() {
    return whole.languages();
  }

  @Override
  public List<Chunk> read(List<ChunkRef> refs) {
    return whole.read(refs);
  }

  @Override
  public List<Picture> pictures(List<ChunkRef> refs) {
    return whole.pictures(refs);
  }

  @Override
  public void close() {}
}
