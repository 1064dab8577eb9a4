package brimful.kafka.index;

import brimful.kafka.record.CollectionKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// How far one folder has read each partition, and which collections are behind.
///
/// A collection is behind in a partition because its index was lost, or because it is parked at a
/// record that only a newer version can read. The partition is then read again from there, and the
/// records in between are taken for that collection alone. Each partition's methods are for one
/// thread at a time; [#fallBack] is for one thread while no other works.
final class ReadPositions {
  private static final Comparator<FolderState.Behind> ORDER =
      Comparator.comparing(FolderState.Behind::collection)
          .thenComparing(FolderState.Behind::partition);

  private final Map<Integer, Long> next = new ConcurrentHashMap<>();
  private final Map<Strand, FolderState.Behind> behind = new ConcurrentHashMap<>();

  /// A collection's records in one partition.
  private record Strand(CollectionKey collection, int partition) {}

  /// @param offsets where each partition continues
  /// @param behind what the last process left; parked collections are tried again
  ReadPositions(Map<Integer, Long> offsets, List<FolderState.Behind> behind) {
    next.putAll(offsets);
    behind.forEach(one ->
        this.behind.put(
            new Strand(one.collection(), one.partition()),
            again(one.collection(), one.partition(), one.offset())));
  }

  private static FolderState.Behind again(CollectionKey collection, int partition, long offset) {
    return new FolderState.Behind(collection, partition, offset, "", "");
  }

  /// Returns where the partition must be read from.
  long start(int partition) {
    return behind.values().stream()
        .filter(one -> one.partition() == partition && !one.isParked())
        .mapToLong(FolderState.Behind::offset)
        .reduce(next(partition), Math::min);
  }

  private long next(int partition) {
    return next.getOrDefault(partition, 0L);
  }

  /// Returns whether a record is new to its collection.
  boolean wants(CollectionKey collection, int partition, long offset) {
    FolderState.Behind one = behind.get(new Strand(collection, partition));
    return one == null ? offset >= next(partition) : !one.isParked() && offset >= one.offset();
  }

  /// Stops reading a collection in a partition, at a record that cannot be read.
  ///
  /// @param offset where it continues, at or before that record
  void park(CollectionKey collection, int partition, long offset, String at, String cause) {
    behind.put(
        new Strand(collection, partition),
        new FolderState.Behind(collection, partition, offset, at, cause));
  }

  /// Reads a collection again from the beginning.
  void fallBack(CollectionKey collection, int partitions) {
    for (int partition = 0; partition < partitions; partition++) {
      behind.put(new Strand(collection, partition), again(collection, partition, 0));
    }
  }

  /// Reads a partition again from an offset, if it was read further.
  void fallBack(int partition, long offset) {
    next.computeIfPresent(partition, (_, at) -> Math.min(at, offset));
  }

  /// Notes that everything below an offset was applied.
  void reached(int partition, long offset) {
    if (offset >= next(partition)) {
      next.put(partition, offset);
      behind.values().removeIf(one -> one.partition() == partition && !one.isParked());
    }
  }

  /// Returns the offsets for the folder's state.
  ///
  /// @param waiting the first record of each partition that is not applied yet, if there is one
  SortedMap<Integer, Long> offsets(Map<Integer, Long> waiting) {
    var offsets = new TreeMap<Integer, Long>(next);
    offsets.replaceAll(
        (partition, offset) -> Math.min(offset, waiting.getOrDefault(partition, Long.MAX_VALUE)));
    return offsets;
  }

  /// Returns the collections that are behind, in order.
  List<FolderState.Behind> behind() {
    return behind.values().stream().sorted(ORDER).toList();
  }
}
