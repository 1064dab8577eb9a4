package brimful.index;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.corpus.Picture;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Whole items of a snapshot, as they were put into the index: for indexes that are made from it.
///
/// Safe for many threads, until the snapshot is closed.
public final class StoredItems {
  /// Larger items are handed over in parts of this many chunks, which are 6 to 16 MB of text.
  static final int CHUNKS_A_PART = 8_192;

  private static final int PICTURE_BYTES_A_PART = 16 << 20;

  private final Snapshot snapshot;

  /// Kept, because a catalog in a file reads them again for whoever did not.
  private final SequencedMap<DocumentId, ItemState> states;

  private final Map<DocumentId, List<Outline>> documents = new HashMap<>();

  public StoredItems(Snapshot snapshot) {
    this.snapshot = snapshot;
    states = snapshot.items();
    for (Outline outline : snapshot.outlines()) {
      documents.computeIfAbsent(outline.document().item(), _ -> new ArrayList<>()).add(outline);
    }
  }

  /// Returns the states of all items.
  public SequencedMap<DocumentId, ItemState> states() {
    return states;
  }

  /// Returns an item with its texts, its chunks counted with a tokenizer.
  ///
  /// @param early takes the parts of a large item, as [ItemParts#add] does; the result lacks them
  /// @throws IllegalArgumentException if there is none of that id
  public Item item(
      DocumentId id, TokenCounter counter, boolean recounted, Consumer<List<Document>> early) {
    return item(id, chunk -> recounted ? Recount.chunk(chunk, counter) : chunk, early);
  }

  private Item item(DocumentId id, UnaryOperator<Chunk> as, Consumer<List<Document>> early) {
    ItemState state = states.get(id);
    if (state == null) {
      throw new IllegalArgumentException("no item %s: ask for one of its states".formatted(id));
    }
    List<Document> part = new ArrayList<>();
    int room = CHUNKS_A_PART;
    long pictureRoom = PICTURE_BYTES_A_PART;
    for (Outline outline : documents.getOrDefault(id, List.of())) {
      List<ChunkRef> refs = outline.chunks();
      for (int from = 0; from < refs.size(); ) {
        if (room == 0 || pictureRoom <= 0) {
          early.accept(List.copyOf(part));
          part.clear();
          room = CHUNKS_A_PART;
          pictureRoom = PICTURE_BYTES_A_PART;
        }
        int to = end(refs, from, Math.min(refs.size(), from + room), pictureRoom);
        List<Chunk> chunks = read(refs.subList(from, to)).stream().map(as).toList();
        part.add(new Document(outline.document(), outline.title(), chunks));
        room -= to - from;
        pictureRoom -= bytes(refs.subList(from, to));
        from = to;
      }
    }
    return new Item(id, state.stamp(), state.outcome(), part, state.members(), state.secrets());
  }

  /// Returns where to stop so that at most one picture is beyond the limit.
  private static int end(List<ChunkRef> refs, int from, int most, long pictureBytesMax) {
    long bytes = 0;
    for (int at = from; at < most; at++) {
      bytes += refs.get(at).picture().bytes();
      if (bytes > pictureBytesMax) {
        return at + 1;
      }
    }
    return most;
  }

  private static long bytes(List<ChunkRef> refs) {
    return refs.stream().mapToLong(ref -> ref.picture().bytes()).sum();
  }

  private List<Chunk> read(List<ChunkRef> refs) {
    List<Chunk> chunks = snapshot.read(refs);
    if (refs.stream().allMatch(ref -> ref.picture().isNone())) {
      return chunks;
    }
    List<Picture> pictures = snapshot.pictures(refs);
    return IntStream.range(0, chunks.size())
        .mapToObj(i -> chunks.get(i).with(pictures.get(i)))
        .toList();
  }

  /// Puts an item into an index with the texts that it has here, under another stamp and outcome.
  ///
  /// @throws IllegalArgumentException if there is none of that id
  public void keep(DocumentId id, String stamp, Outcome outcome, ChunkIndex target) {
    try (ItemParts parts = target.begin(id)) {
      parts.end(item(id, chunk -> chunk, parts::add).with(stamp, outcome));
    }
  }

  /// Changes another index to hold the same items, as they are, and commits; only what differs is
  /// written.
  public void copyTo(ChunkIndex target) {
    boolean _ = target.claim();
    copy(chunk -> chunk, target);
    target.commit();
  }

  private void copy(DocumentId id, UnaryOperator<Chunk> as, ChunkIndex target) {
    try (ItemParts parts = target.begin(id)) {
      parts.end(item(id, as, parts::add));
    }
  }

  /// Makes an index searchable whose items were put without their terms: puts them again, on all
  /// cores, and commits. Does nothing if it is.
  public static void addTerms(LuceneIndex index) {
    try {
      if (index.claimWithoutTerms()) {
        try (Snapshot old = index.snapshot()) {
          var stored = new StoredItems(old);
          stored.states().keySet().parallelStream()
              .forEach(id -> stored.copy(id, chunk -> chunk, index));
        }
        index.commit(index.notes());
      }
    } finally {
      index.release();
    }
  }

  /// Changes an index to hold the same items, counted with a tokenizer; only what differs is
  /// counted.
  ///
  /// @param notes what the commit remembers
  public void copyTo(LuceneIndex target, TokenCounter counter, Map<String, String> notes) {
    try {
      boolean _ = target.claim();
      copy(chunk -> Recount.chunk(chunk, counter), target);
      target.commit(notes);
    } finally {
      target.release();
    }
  }

  private void copy(UnaryOperator<Chunk> as, ChunkIndex target) {
    SequencedMap<DocumentId, ItemState> known;
    try (Snapshot old = target.snapshot()) {
      known = old.items();
    }
    states()
        .forEach((id, state) -> {
          if (!state.equals(known.get(id))) {
            copy(id, as, target);
          }
        });
    known.keySet().stream().filter(id -> !states().containsKey(id)).forEach(target::remove);
  }
}
