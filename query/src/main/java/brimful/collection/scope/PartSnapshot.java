package brimful.collection.scope;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Picture;
import brimful.index.ChunkRef;
import brimful.index.Hit;
import brimful.index.ItemState;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.index.Terms;
import brimful.index.term.NaturalLanguage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// Some chunks of some documents of a snapshot, numbered from 0 in each document.
///
/// Ranking and packing number a document's chunks without gaps, so those of a part get numbers of
/// their own; places and texts stay as they are. Closing it leaves the whole open.
public final class PartSnapshot implements Snapshot {
  private final ScopedSnapshot whole;
  private final List<Outline> outlines;
  private final Map<DocumentId, List<ChunkRef>> originals = new HashMap<>();

  /// For each document, the own number of a chunk by that in the whole.
  private final List<Map<Integer, Integer>> numbers = new ArrayList<>();

  private final Derivations derivations = new Derivations();

  /// @param parts outlines of the whole, in its order, each with some of its chunks, in their order
  public PartSnapshot(Snapshot whole, List<Outline> parts) {
    this.whole = new ScopedSnapshot(whole, parts);
    outlines = parts.stream().map(this::numbered).toList();
  }

  private Outline numbered(Outline part) {
    List<ChunkRef> refs = List.copyOf(part.chunks());
    var chunks = new ArrayList<ChunkRef>(refs.size());
    var own = new HashMap<Integer, Integer>();
    for (int i = 0; i < refs.size(); i++) {
      own.put(refs.get(i).ordinal(), i);
      chunks.add(refs.get(i).numbered(i));
    }
    originals.put(part.document(), refs);
    numbers.add(own);
    return new Outline(part.document(), part.title(), chunks);
  }

  @Override
  public SequencedMap<DocumentId, ItemState> items() {
    return whole.items();
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
        return kept(all.chunks(limit));
      }

      @Override
      public List<Hit> documents(int limit) {
        return all.documents(limit);
      }
    };
  }

  private List<Hit> kept(List<Hit> hits) {
    var kept = new ArrayList<Hit>();
    for (Hit hit : hits) {
      Integer number = numbers.get(hit.document()).get(hit.ordinal());
      if (number != null) {
        kept.add(new Hit(hit.document(), number, hit.score()));
      }
    }
    return kept;
  }

  @Override
  public List<Hit> defining(String name) {
    return kept(whole.defining(name));
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
    List<Chunk> chunks = whole.read(refs.stream().map(this::original).toList());
    var read = new ArrayList<Chunk>(chunks.size());
    for (int i = 0; i < chunks.size(); i++) {
      read.add(chunks.get(i).numbered(refs.get(i).ordinal()));
    }
    return read;
  }

  @Override
  public List<Picture> pictures(List<ChunkRef> refs) {
    return whole.pictures(refs.stream().map(this::original).toList());
  }

  private ChunkRef original(ChunkRef ref) {
    List<ChunkRef> own = originals.get(ref.document());
    return Objects.requireNonNull(own, "a chunk of another snapshot").get(ref.ordinal());
  }

  @Override
  public void close() {}
}
