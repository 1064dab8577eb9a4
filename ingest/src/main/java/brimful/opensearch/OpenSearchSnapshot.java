package brimful.opensearch;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Folding;
import brimful.corpus.Picture;
import brimful.index.ChunkRef;
import brimful.index.EngineBlock;
import brimful.index.EngineCatalog;
import brimful.index.Hit;
import brimful.index.ItemState;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.index.Terms;
import brimful.index.term.NaturalLanguage;
import brimful.index.term.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// A commit of a collection in OpenSearch. Its texts can be read for some minutes after they were
/// replaced.
final class OpenSearchSnapshot implements Snapshot {
  /// A picture is several times as large while it is read, and more than this only if it is one.
  static final long PICTURE_BYTES_A_READ = 8 << 20;

  private final CommitView view;
  private final EngineCatalog catalog;
  private final SearchLimits limits;

  OpenSearchSnapshot(CommitView view) {
    this(view, SearchLimits.STANDARD);
  }

  private OpenSearchSnapshot(CommitView view, SearchLimits limits) {
    this.view = view;
    this.limits = limits;
    catalog = view.catalog();
  }

  /// Returns the same snapshot, of whose matches so many are looked at.
  OpenSearchSnapshot with(SearchLimits others) {
    return new OpenSearchSnapshot(view, others);
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
  public <T> T derived(Class<T> type, Function<List<Outline>, T> derive) {
    return catalog.derived(type, derive);
  }

  @Override
  public Matches matches(Terms terms) {
    try {
      return new EngineSearch(view, limits)
          .matches(terms, () -> terms.language().orElseGet(() -> languages().getFirst()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Hit> defining(String name) {
    return catalog.items().isEmpty()
        ? List.of()
        : catalog.hits(view.queries().defining(Folding.of(name)));
  }

  @Override
  public Optional<String> spelling(String word) {
    try {
      return new Vocabulary(view.words()).spelling(word);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<NaturalLanguage> languages() {
    return catalog
        .derived(
            Languages.class,
            _ -> {
              try {
                return new Languages(new Vocabulary(view.words()).languages());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .all();
  }

  /// @param all most used first
  private record Languages(List<NaturalLanguage> all) {}

  @Override
  public List<Chunk> read(List<ChunkRef> refs) {
    List<byte[]> records =
        view.queries().read(refs.stream().map(catalog::address).toList(), OpenSearchSchema.RECORD);
    var chunks = new ArrayList<Chunk>(refs.size());
    try {
      for (int at = 0; at < refs.size(); at++) {
        chunks.add(EngineBlock.chunk(refs.get(at), records.get(at)));
      }
    } catch (IOException e) {
      throw view.queries().damaged(e);
    }
    return Collections.unmodifiableList(chunks);
  }

  @Override
  public List<Picture> pictures(List<ChunkRef> refs) {
    // Refuses those of another snapshot, whether they have a picture or not.
    refs.forEach(catalog::address);
    var read = new ArrayDeque<Picture>();
    try {
      for (List<ChunkRef> some : bySize(refs)) {
        List<byte[]> records =
            view.queries()
                .read(some.stream().map(catalog::address).toList(), OpenSearchSchema.PICTURE);
        for (int at = 0; at < some.size(); at++) {
          read.add(EngineBlock.picture(some.get(at), records.get(at)));
        }
      }
    } catch (IOException e) {
      throw view.queries().damaged(e);
    }
    return refs.stream().map(ref -> ref.picture().isNone() ? Picture.NONE : read.remove()).toList();
  }

  /// Returns the chunks that have pictures, in parts of which one request can hold the pictures.
  static List<List<ChunkRef>> bySize(List<ChunkRef> refs) {
    var parts = new ArrayList<List<ChunkRef>>();
    long room = 0;
    for (ChunkRef ref : refs) {
      if (!ref.picture().isNone()) {
        // A picture may have no byte.
        if (parts.isEmpty() || ref.picture().bytes() > room) {
          parts.add(new ArrayList<>());
          room = PICTURE_BYTES_A_READ;
        }
        parts.getLast().add(ref);
        room -= ref.picture().bytes();
      }
    }
    return parts;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
