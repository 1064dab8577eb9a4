package brimful.kafka.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.kafka.JobProgress;
import brimful.kafka.Publisher;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Inventory;
import brimful.kafka.record.JobCounts;
import brimful.kafka.record.RecordJson;
import brimful.kafka.record.ReplicaReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits a folder: what is swept from the topic, the indexes that changed, the counts of their
/// jobs, and the folder's state, in this order.
///
/// Each step is repeated after a failure or a kill of any later one: a sweep must be stored before
/// the index forgets that it was due, counts before nothing is read again that would report them,
/// and the state claims only what all of this has. [#sweep] is safe for many threads, the rest is
/// for one.
final class FolderCommit {
  private static final Logger LOG = LoggerFactory.getLogger(FolderCommit.class);

  /// As old as a segment of the documents should become.
  private static final Duration ROLL_EVERY = Duration.ofHours(6);

  private final IndexStore store;
  private final String group;
  private final String replica;
  private final Publisher publisher;
  private final CollectionIndexes indexes;
  private final Clock clock = Clock.systemUTC();
  private final Queue<CollectionIndex.Overtaken> due = new ConcurrentLinkedQueue<>();

  /// Values of the progress topic, by key; null deletes a record.
  private final Map<String, byte @Nullable []> unreported = new TreeMap<>();

  /// Collections that are being read again.
  private final Set<CollectionKey> again = new TreeSet<>();

  private Instant rolled = clock.instant();
  private Optional<FolderState> written = Optional.empty();
  private Optional<List<ReplicaReport.Parked>> reported = Optional.empty();

  FolderCommit(IndexWorkerConfig config, Publisher publisher, CollectionIndexes indexes) {
    store = config.store();
    group = config.group();
    replica = store.replica();
    this.publisher = publisher;
    this.indexes = indexes;
  }

  /// Returns the state of the last commit; empty if there is none.
  Optional<FolderState> state() {
    return written;
  }

  /// Notes that a version's records are to be deleted at the next commit.
  void sweep(CollectionIndex.Overtaken old) {
    due.add(old);
  }

  /// Applies what is pending and commits the indexes, some at a time.
  ///
  /// @param stopped whether to leave the rest for another time
  /// @return false if not all is committed, because of that or because the broker did not take its
  ///   part; then the state must stay as it was
  boolean commitIndexes(BooleanSupplier stopped) {
    do {
      due.addAll(indexes.applyPending());
      if (!swept()) {
        return false;
      }
      note(indexes.commit(clock.instant()));
      indexes.trim();
    } while (indexes.hasPending() && !stopped.getAsBoolean());
    return !indexes.hasPending();
  }

  /// Commits and reports the indexes that changed, but not since a time. The folder's state stays
  /// as it was: after a kill, what they have is read again and passed over.
  void commitQuiet(long sinceNanos) {
    if (swept()) {
      note(indexes.commitQuiet(clock.instant(), sinceNanos));
      boolean _ = isReported(written.map(FolderState::behind).orElse(List.of()));
    }
  }

  private void note(Map<String, JobCounts> jobs) {
    jobs.forEach((job, counts) ->
        unreported.put(JobProgress.countsKey(job, group), RecordJson.bytes(counts.json())));
    indexes.inventories().forEach(this::note);
  }

  private void note(CollectionKey collection, Inventory inventory) {
    unreported.put(key(collection), again.contains(collection) ? null : inventory.value());
  }

  private String key(CollectionKey collection) {
    return new String(Inventory.key(collection, group), UTF_8);
  }

  /// Notes that a collection is read again: until that has ended, nobody knows what it lacks.
  void readAgain(CollectionKey collection) {
    again.add(collection);
    unreported.put(key(collection), null);
  }

  private void endReadAgain(List<FolderState.Behind> behind) {
    Set<CollectionKey> ended = new TreeSet<>(again);
    behind.stream()
        .filter(one -> !one.isParked())
        .map(FolderState.Behind::collection)
        .forEach(ended::remove);
    again.removeAll(ended);
    for (CollectionKey collection : ended) {
      Inventory inventory = indexes.inventory(collection);
      LOG.info("index was read again collection={} files={}", collection, inventory.items());
      note(collection, inventory);
    }
  }

  /// Reports what was committed, and then commits the folder's state.
  ///
  /// @return false if the broker did not take its part; then the state stays as it was
  boolean commitState(FolderState state) {
    endReadAgain(state.behind());
    if (!isReported(state.behind())) {
      return false;
    }
    if (!written.equals(Optional.of(state))) {
      store.write(state);
      written = Optional.of(state);
    }
    return true;
  }

  private boolean swept() {
    Map<CollectionIndex.Overtaken, CompletableFuture<Void>> sent = new LinkedHashMap<>();
    for (var old = due.poll(); old != null; old = due.poll()) {
      sent.put(old, publisher.sweep(old.manifest(), old.parts()));
    }
    publisher.flush();
    sent.forEach((old, sweep) -> {
      if (isFailed(sweep)) {
        due.add(old);
      }
    });
    return due.isEmpty();
  }

  /// Whoever sees that nothing waits any more must find the counts.
  private boolean isReported(List<FolderState.Behind> behind) {
    Map<String, CompletableFuture<Void>> sent = new TreeMap<>();
    unreported.forEach(
        (key, value) -> sent.put(key, publisher.progress(key.getBytes(UTF_8), value)));
    List<ReplicaReport.Parked> parked =
        behind.stream()
            .filter(FolderState.Behind::isParked)
            .map(one -> new ReplicaReport.Parked(one.collection(), one.at(), one.cause()))
            .toList();
    CompletableFuture<Void> report =
        reported.equals(Optional.of(parked))
            ? CompletableFuture.completedFuture(null)
            : publisher.progress(
                ReplicaReport.key(group, replica),
                new ReplicaReport(group, replica, clock.instant(), parked).value());
    publisher.flush();
    sent.forEach((key, progress) -> {
      if (!isFailed(progress)) {
        unreported.remove(key);
      }
    });
    if (!isFailed(report)) {
      reported = Optional.of(parked);
    }
    return unreported.isEmpty() && reported.equals(Optional.of(parked));
  }

  private static boolean isFailed(CompletableFuture<Void> sent) {
    try {
      sent.join();
      return false;
    } catch (CompletionException e) {
      LOG.warn("record not taken, sent again later cause={}", String.valueOf(e.getCause()));
      return true;
    }
  }

  /// Now and then, lets the brokers begin new segments of a topic that nobody else writes to.
  void roll() {
    if (clock.instant().isAfter(rolled.plus(ROLL_EVERY))) {
      rolled = clock.instant();
      publisher.roll();
    }
  }

  /// Withdraws the report of a worker that ends.
  void leave() {
    if (reported.isPresent() && reported.get().isEmpty()) {
      CompletableFuture<Void> _ = publisher.progress(ReplicaReport.key(group, replica), null);
    }
  }
}
