package brimful.batch;

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
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/// A unit's part of a snapshot.
///
/// Hits are those of the whole index without the other units' documents: term statistics are those
/// of the whole corpus. Closing it closes nothing.
record UnitView(Snapshot whole, Unit unit, Set<DocumentId> ids) implements Snapshot {
  UnitView(Snapshot whole, Unit unit) {
    this(whole, unit, unit.ids());
  }

  @Override
  public SequencedMap<DocumentId, ItemState> items() {
    return whole.items();
  }

  @Override
  public List<Outline> outlines() {
    return unit.documents();
  }

  @Override
  public Matches matches(Terms terms) {
    Matches all = whole.matches(terms);
    return new Matches() {
      @Override
      public List<Hit> chunks(int limit) {
        return own(all.chunks(Integer.MAX_VALUE)).stream().limit(limit).toList();
      }

      @Override
      public List<Hit> documents(int limit) {
        return own(all.documents(Integer.MAX_VALUE)).stream().limit(limit).toList();
      }
    };
  }

  /// Derives it anew for each question: a unit is small.
  @Override
  public <T> T derived(Class<T> type, Function<List<Outline>, T> derive) {
    return derive.apply(outlines());
  }

  @Override
  public List<Hit> defining(String name) {
    return own(whole.defining(name));
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

  private List<Hit> own(List<Hit> hits) {
    return hits.stream().filter(hit -> ids.contains(hit.document())).toList();
  }
}
