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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Several snapshots as one, each in a folder of its name.
///
/// Scores are merged as they are, as of the shards of a search engine: how rare a word is, is
/// counted in each snapshot for itself. Costs O(chunks) time and memory when it is made. Closing it
/// leaves the parts open.
final class JoinedSnapshot implements Snapshot {
  private static final Comparator<Hit> BEST_FIRST =
      Comparator.comparing(Hit::score)
          .reversed()
          .thenComparing(Hit::document)
          .thenComparing(Hit::ordinal);

  private final List<Part> parts;
  private final List<Outline> outlines;
  private final Map<DocumentId, Origin> origins = new HashMap<>();

  /// The number of each document, by part and number in the part.
  private final int[][] numbers;

  private final Derivations derivations = new Derivations();

  JoinedSnapshot(List<Part> parts) {
    this.parts = List.copyOf(parts);
    var all = new ArrayList<Outline>();
    numbers = new int[parts.size()][];
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      List<Outline> own = part.snapshot.outlines();
      numbers[i] = new int[own.size()];
      for (int number = 0; number < own.size(); number++) {
        Outline outline = own.get(number);
        DocumentId id = outline.document().in(part.name);
        origins.put(id, new Origin(i, number, outline));
        all.add(
            new Outline(
                id, outline.title(), outline.chunks().stream().map(ref -> ref.in(id)).toList()));
      }
    }
    all.sort(Comparator.comparing(Outline::document));
    outlines = List.copyOf(all);
    for (int number = 0; number < outlines.size(); number++) {
      Origin origin = origin(outlines.get(number).document());
      numbers[origin.part][origin.number] = number;
    }
  }

  /// A snapshot, and the folder that it is.
  record Part(String name, Snapshot snapshot) {}

  /// Where a document is from.
  ///
  /// @param part the number of the part
  /// @param number that of the document in the part
  private record Origin(int part, int number, Outline outline) {
    /// Returns the document with some of its chunks.
    Outline chosen(List<ChunkRef> some) {
      return some.size() == outline.chunks().size()
          ? outline
          : new Outline(
              outline.document(), outline.title(), some.stream().map(this::chunk).toList());
    }

    /// Returns the part's own form of a chunk; a part of a snapshot may lack some ordinals.
    ChunkRef chunk(ChunkRef joined) {
      List<ChunkRef> own = outline.chunks();
      int low = 0;
      int high = own.size() - 1;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (own.get(middle).ordinal() < joined.ordinal()) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return own.get(low);
    }
  }

  @Override
  public SequencedMap<DocumentId, ItemState> items() {
    var all = new TreeMap<DocumentId, ItemState>();
    for (Part part : parts) {
      part.snapshot.items().forEach((id, state) -> all.put(id.in(part.name), state));
    }
    return all;
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
    return new JoinedMatches(
        IntStream.range(0, parts.size())
            .mapToObj(at -> {
              Snapshot snapshot = parts.get(at).snapshot;
              return new OfPart(snapshot.matches(terms), DocumentNumbers.of(snapshot), numbers[at]);
            })
            .toList());
  }

  /// What matches in a snapshot, or in a part of one.
  ///
  /// @param own the numbers of its documents
  /// @param joined the number of each of them among all
  private record OfPart(Matches matches, DocumentNumbers own, int[] joined) {
    List<Hit> chunks(int limit) {
      return numbered(matches.chunks(limit), joined);
    }

    List<Hit> documents(int limit) {
      return numbered(matches.documents(limit), joined);
    }
  }

  private static List<Hit> numbered(List<Hit> hits, int[] joined) {
    return hits.stream()
        .map(hit -> new Hit(joined[hit.document()], hit.ordinal(), hit.score()))
        .toList();
  }

  /// What matches in each of the snapshots.
  private final class JoinedMatches implements Matches {
    private final List<OfPart> all;

    JoinedMatches(List<OfPart> all) {
      this.all = all;
    }

    @Override
    public List<Hit> chunks(int limit) {
      return best(all.stream().flatMap(one -> one.chunks(limit).stream()), limit);
    }

    @Override
    public List<Hit> documents(int limit) {
      return best(all.stream().flatMap(one -> one.documents(limit).stream()), limit);
    }

    /// A part asks each of them for what it has of it.
    @Override
    public Matches within(SnapshotPart part) {
      List<List<Outline>> own = new ArrayList<>();
      List<List<Integer>> joined = new ArrayList<>();
      parts.forEach(_ -> {
        own.add(new ArrayList<>());
        joined.add(new ArrayList<>());
      });
      for (int number = 0; number < part.outlines().size(); number++) {
        Outline outline = part.outlines().get(number);
        Origin origin = origin(outline.document());
        own.get(origin.part).add(origin.chosen(outline.chunks()));
        joined.get(origin.part).add(number);
      }
      return new JoinedMatches(
          IntStream.range(0, parts.size())
              .mapToObj(at -> {
                var within = new SnapshotPart(all.get(at).own, own.get(at));
                return new OfPart(
                    all.get(at).matches.within(within),
                    new DocumentNumbers(own.get(at)),
                    joined.get(at).stream().mapToInt(Integer::intValue).toArray());
              })
              .toList());
    }
  }

  private static List<Hit> best(Stream<Hit> hits, int limit) {
    return hits.sorted(BEST_FIRST).limit(limit).toList();
  }

  @Override
  public List<Hit> defining(String name) {
    return best(
        IntStream.range(0, parts.size())
            .boxed()
            .flatMap(at -> numbered(parts.get(at).snapshot.defining(name), numbers[at]).stream()),
        Integer.MAX_VALUE);
  }

  /// A word that one part knows is no misspelling; a part that does not say so may know it.
  @Override
  public Optional<String> spelling(String word) {
    List<Optional<String>> meant =
        parts.stream().map(part -> part.snapshot.spelling(word)).toList();
    return meant.stream().allMatch(Optional::isPresent) ? meant.getFirst() : Optional.empty();
  }

  @Override
  public List<NaturalLanguage> languages() {
    return parts.stream().flatMap(part -> part.snapshot.languages().stream()).distinct().toList();
  }

  @Override
  public List<Chunk> read(List<ChunkRef> refs) {
    return gathered(refs, Snapshot::read, Chunk::in);
  }

  @Override
  public List<Picture> pictures(List<ChunkRef> refs) {
    return gathered(refs, Snapshot::pictures, (picture, _) -> picture);
  }

  /// Asks each part for what it has, and puts the answers into the requested order.
  private <T> List<T> gathered(
      List<ChunkRef> refs,
      BiFunction<Snapshot, List<ChunkRef>, List<T>> read,
      BiFunction<T, DocumentId, T> renamed) {
    List<List<ChunkRef>> wanted = new ArrayList<>();
    parts.forEach(_ -> wanted.add(new ArrayList<>()));
    for (ChunkRef ref : refs) {
      Origin origin = origin(ref.document());
      wanted.get(origin.part).add(origin.chunk(ref));
    }
    var found = new ArrayList<Iterator<T>>();
    for (int i = 0; i < parts.size(); i++) {
      found.add(read.apply(parts.get(i).snapshot, wanted.get(i)).iterator());
    }
    return refs.stream()
        .map(ref -> renamed.apply(found.get(origin(ref.document()).part).next(), ref.document()))
        .toList();
  }

  private Origin origin(DocumentId id) {
    return Objects.requireNonNull(origins.get(id), "a document of another snapshot");
  }

  @Override
  public void close() {}
}
