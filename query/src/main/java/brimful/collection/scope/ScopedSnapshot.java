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
import brimful.index.SnapshotPart;
import brimful.index.Terms;
import brimful.index.term.NaturalLanguage;
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
  private final SnapshotPart part;
  private final Derivations derivations = new Derivations();

  /// Costs one test of each document of the whole.
  ScopedSnapshot(Snapshot whole, DocumentFilter filter) {
    this(
        whole,
        whole.outlines().stream().filter(outline -> filter.has(outline.document())).toList());
  }

  /// @param outlines some of the whole's, in its order, each with all of its chunks or with some
  public ScopedSnapshot(Snapshot whole, List<Outline> outlines) {
    this.whole = whole;
    part = new SnapshotPart(DocumentNumbers.of(whole), outlines);
  }

  @Override
  public SequencedMap<DocumentId, ItemState> items() {
    var kept = new LinkedHashMap<DocumentId, ItemState>();
    whole
        .items()
        .forEach((id, state) -> {
          if (part.number(id) >= 0) {
            kept.put(id, state);
          }
        });
    return kept;
  }

  @Override
  public List<Outline> outlines() {
    return part.outlines();
  }

  @Override
  public <T> T derived(Class<T> type, Function<List<Outline>, T> derive) {
    return derivations.of(type, () -> derive.apply(part.outlines()));
  }

  @Override
  public Matches matches(Terms terms) {
    return whole.matches(terms).within(part);
  }

  @Override
  public List<Hit> defining(String name) {
    return part.chunks(whole.defining(name), Integer.MAX_VALUE);
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
