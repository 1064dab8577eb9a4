package brimful.kafka.index;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.KeptText;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.index.ChunkIndex;
import brimful.index.ItemState;
import brimful.index.Snapshot;
import brimful.index.StoredItems;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Inventory;
import brimful.kafka.record.JobCounts;
import brimful.kafka.record.RecordJson;
import brimful.kafka.record.Revision;
import brimful.kafka.record.RevisionCodec;
import brimful.web.WebClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One collection's index as the index worker maintains it: newer versions replace older ones,
/// never the reverse, and a record that is read twice changes nothing. How far the topic was read
/// is therefore no matter of the index, but of its folder ([FolderState]).
///
/// A deleted item leaves a tombstone, an item without text, so that a late result of an older
/// version does not revive it. The tombstone is removed once no such result can arrive. An item's
/// stamp in the index is `version parts stamp`, see [ItemVersion]. Safe for many threads that put
/// different items.
public final class CollectionIndex implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CollectionIndex.class);

  /// The outcome of a tombstone.
  static final Outcome GRAVE = new Outcome.Skipped("deleted");

  /// Claims and results are in transit for hours at most.
  static final Duration GRAVE_LIFE = Duration.ofDays(7);

  private static final int JOBS_MAX = 32;
  private static final String JOB = "job.";
  private static final String TOPIC = "topic";
  private static final String DROPPED = "dropped";
  private static final String FLOOR = "floor";
  private static final String INVENTORY = "inventory";

  private final ChunkIndex index;
  private final Map<DocumentId, ItemVersion> versions = new ConcurrentHashMap<>();

  /// Versions of items that could not be had for now and whose text stays: they are put when the
  /// index is committed, because that text is to be read from it.
  private final Map<DocumentId, RevisionAssembler.Whole> away = new ConcurrentHashMap<>();

  /// What was put since the last commit.
  private final Set<DocumentId> uncommitted = ConcurrentHashMap.newKeySet();

  private final Map<String, JobCounts> jobs = new ConcurrentHashMap<>();

  /// Jobs with results since the last commit.
  private final Set<String> advanced = ConcurrentHashMap.newKeySet();

  /// Jobs whose counts are to be reported: also those of records that were read again, because the
  /// process may have ended between the commit and the report.
  private final Set<String> unreported = ConcurrentHashMap.newKeySet();

  private final String topic;

  /// Items up to this version came from an earlier documents topic; 0 if none did.
  private final long floor;

  private final Inventory.Tally tally = new Inventory.Tally();
  private final boolean fresh;
  private volatile boolean changed;

  /// The version of the last drop; 0 if the collection is in use.
  private volatile long dropped;

  /// @param topic the id of the documents topic. If the index was made from another one, which was
  ///   deleted, its items stay, and count as missing from this one until newer versions arrive.
  CollectionIndex(ChunkIndex index, String topic, Instant now) {
    this.index = index;
    this.topic = topic;
    Map<String, String> notes = index.notes();
    fresh = !notes.containsKey(TOPIC);
    dropped = Long.parseLong(notes.getOrDefault(DROPPED, "0"));
    notes.forEach((key, value) -> {
      if (key.startsWith(JOB)) {
        JsonNode node = RecordJson.read(value.getBytes(StandardCharsets.UTF_8));
        jobs.put(key.substring(JOB.length()), JobCounts.of(node));
      }
    });
    try (Snapshot snapshot = index.snapshot()) {
      snapshot
          .items()
          .forEach((id, state) -> {
            ItemVersion version = ItemVersion.of(state);
            if (version.grave() && version.number() < now.minus(GRAVE_LIFE).toEpochMilli()) {
              // Without a commit, each start would remove it again.
              index.remove(id);
              changed = true;
            } else {
              versions.put(id, version);
            }
          });
    }
    boolean adopted = !notes.getOrDefault(TOPIC, topic).equals(topic);
    floor =
        adopted
            ? versions.values().stream().mapToLong(ItemVersion::number).max().orElse(0)
            : Long.parseLong(notes.getOrDefault(FLOOR, "0"));
    versions.forEach((id, version) -> {
      if (isCounted(version)) {
        tally.add(id, version.number());
      }
    });
  }

  private boolean isCounted(ItemVersion version) {
    return !version.grave() && version.number() > floor;
  }

  /// Returns what it has of the documents topic.
  Inventory inventory() {
    return tally.inventory(topic);
  }

  /// Returns what an index had of the documents topic when it was committed; empty if its notes do
  /// not say.
  static Optional<Inventory> committed(Map<String, String> notes) {
    return Optional.ofNullable(notes.get(INVENTORY))
        .map(value -> Inventory.read(value.getBytes(StandardCharsets.UTF_8)));
  }

  /// Returns an item's state as its source knows it; empty for a tombstone.
  public static Optional<ItemState> own(ItemState state) {
    if (state.outcome().equals(GRAVE)) {
      return Optional.empty();
    }
    String stamp = state.stamp().split(" ", 3)[2];
    return Optional.of(state.withStamp(stamp));
  }

  /// Returns whether it was empty when it was opened: new, damaged, or of another format.
  boolean isFresh() {
    return fresh;
  }

  /// An overtaken version whose records can be swept.
  record Overtaken(RevisionCodec.Key manifest, int parts) {}

  /// Applies a revision, if it is newer than what is there.
  ///
  /// @return the versions that are overtaken: those before, or this one; none if it is present
  ///   already, or is the first. One whose text stays is not overtaken yet.
  List<Overtaken> apply(RevisionAssembler.Whole whole) {
    Revision revision = whole.revision();
    DocumentId id = revision.id();
    unreported.add(revision.job());
    Optional<ItemVersion> old = Optional.ofNullable(versions.get(id));
    Optional<RevisionAssembler.Whole> waiting = Optional.ofNullable(away.get(id));
    long known =
        waiting
            .map(it -> it.revision().version())
            .or(() -> old.map(ItemVersion::number))
            .orElse(Long.MIN_VALUE);
    if (known >= revision.version()) {
      return known == revision.version()
          ? List.of()
          : List.of(new Overtaken(whole.key(), whole.parts()));
    }
    List<Overtaken> overtaken = new ArrayList<>();
    waiting.ifPresent(it -> {
      away.remove(id);
      count(it.revision(), new Outcome.Indexed());
      overtaken.add(new Overtaken(it.key(), it.parts()));
    });
    var version = ItemVersion.of(whole);
    if (!version.grave() && version.number() > dropped) {
      dropped = 0;
    }
    changed = true;
    if (old.isPresent() && isKept(old.get(), revision)) {
      away.put(id, whole);
      if (old.get().isKept()) {
        overtaken.add(
            new Overtaken(key(revision.collection(), id, old.get().number()), old.get().parts()));
      }
      return overtaken;
    }
    Outcome put =
        put(
            switch (revision.change()) {
              case Revision.Change.Delete _ -> Item.without(id, version.stamp(""), GRAVE);
              case Revision.Change.Put(Item item) ->
                  item.with(version.stamp(item.stamp()), item.outcome());
            });
    replace(id, version);
    count(revision, put);
    old.ifPresent(it -> overtaken.addAll(records(revision.collection(), id, it)));
    return overtaken;
  }

  /// A text that shows secrets stays only while they may be shown.
  private static boolean isKept(ItemVersion old, Revision revision) {
    return old.hasText()
        && (revision.unmasked() || !old.unmasked())
        && revision.change() instanceof Revision.Change.Put(Item item)
        && WebClient.passing(item.outcome()).isPresent();
  }

  private void replace(DocumentId id, ItemVersion version) {
    ItemVersion old = versions.put(id, version);
    if (old != null && isCounted(old)) {
      tally.remove(id, old.number());
    }
    if (isCounted(version)) {
      tally.add(id, version.number());
    }
  }

  /// @param has how the index has the item
  private void count(Revision revision, Outcome has) {
    jobs.merge(
        revision.job(),
        JobCounts.NONE.plus(revision, has),
        (counts, _) -> counts.plus(revision, has));
    advanced.add(revision.job());
  }

  /// Returns the records of a version, and of the one whose text it has.
  private static List<Overtaken> records(CollectionKey collection, DocumentId id, ItemVersion one) {
    var own = new Overtaken(key(collection, id, one.number()), one.parts());
    return one.isKept()
        ? List.of(own, new Overtaken(key(collection, id, one.text()), one.textParts()))
        : List.of(own);
  }

  /// Puts what is away for now with the texts that are there.
  private void putAway(Instant now) {
    if (away.isEmpty()) {
      return;
    }
    if (away.keySet().stream().anyMatch(uncommitted::contains)) {
      // Only what is committed can be read.
      commitCounted(now);
    }
    try (Snapshot snapshot = index.snapshot()) {
      var stored = new StoredItems(snapshot);
      away.forEach((id, whole) -> {
        count(whole.revision(), putAway(stored, id, whole));
        // One by one, so that none counts twice if the disk is full before the last.
        away.remove(id);
      });
    }
  }

  /// Returns how the index has the item now.
  private Outcome putAway(StoredItems stored, DocumentId id, RevisionAssembler.Whole whole) {
    if (!(whole.revision().change() instanceof Revision.Change.Put(Item item))) {
      throw new IllegalArgumentException("what is deleted is not away: " + id);
    }
    var version = ItemVersion.of(whole);
    ItemState state = stored.states().get(id);
    ItemVersion old = versions.get(id);
    Optional<String> cause = WebClient.passing(item.outcome());
    if (state != null && old != null && state.outcome().hasText() && cause.isPresent()) {
      ItemVersion kept = version.withTextOf(old);
      Outcome outcome = KeptText.outcome(state.outcome(), cause.get(), kept.day());
      stored.keep(id, kept.stamp(""), outcome, index);
      replace(id, kept);
      return outcome;
    }
    Outcome put = put(item.with(version.stamp(item.stamp()), item.outcome()));
    replace(id, version);
    return put;
  }

  /// Puts an item, or records that it failed if the index cannot hold it: one item must not stop
  /// the rest.
  ///
  /// @return how the index has it
  private Outcome put(Item item) {
    uncommitted.add(item.id());
    try {
      index.put(item);
      return item.outcome();
    } catch (UncheckedIOException | UserError e) {
      // The disk under the index is full or broken, which affects every item.
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("cannot index item={}", item.id(), e);
      var failed = new Outcome.Failed("cannot be indexed: " + e);
      index.put(Item.without(item.id(), item.stamp(), failed));
      return failed;
    }
  }

  private static RevisionCodec.Key key(CollectionKey collection, DocumentId id, long version) {
    return new RevisionCodec.Key(collection, id, version, RevisionCodec.MANIFEST);
  }

  /// Notes that the collection was dropped.
  ///
  /// @param version results of this version or an older one do not bring it back
  void drop(long version) {
    dropped = version;
    changed = true;
  }

  /// Returns whether it was dropped, and nothing but tombstones is left.
  boolean isRetired() {
    return dropped > 0 && versions.values().stream().allMatch(ItemVersion::grave);
  }

  boolean isChanged() {
    return changed;
  }

  /// Returns whether it has nothing to commit or to report.
  boolean isIdle() {
    return !changed && unreported.isEmpty();
  }

  /// Commits chunks and counts in one step.
  ///
  /// @param now the commit time, which becomes the last activity of the jobs that progressed
  void commit(Instant now) {
    putAway(now);
    commitCounted(now);
    changed = false;
  }

  private void commitCounted(Instant now) {
    advanced.forEach(job -> jobs.computeIfPresent(job, (_, counts) -> counts.at(now)));
    advanced.clear();
    forgetOldJobs();
    Map<String, String> notes = new TreeMap<>();
    notes.put(TOPIC, topic);
    if (dropped > 0) {
      notes.put(DROPPED, Long.toString(dropped));
    }
    if (floor > 0) {
      notes.put(FLOOR, Long.toString(floor));
    }
    notes.put(INVENTORY, new String(inventory().value(), StandardCharsets.UTF_8));
    jobs.forEach((job, counts) ->
        notes.put(JOB + job, new String(RecordJson.bytes(counts.json()), StandardCharsets.UTF_8)));
    index.commit(notes);
    uncommitted.clear();
  }

  private void forgetOldJobs() {
    jobs.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, JobCounts> job) -> job.getValue().last())
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .skip(JOBS_MAX)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(jobs::remove);
  }

  /// Returns the counts of jobs that had results since the last call, as of the last commit.
  Map<String, JobCounts> report() {
    Map<String, JobCounts> report = new TreeMap<>();
    for (String job : unreported) {
      JobCounts counts = jobs.get(job);
      if (counts != null) {
        report.put(job, counts);
      }
    }
    unreported.clear();
    return report;
  }

  /// Returns the counts of the latest jobs.
  Map<String, JobCounts> jobs() {
    return Map.copyOf(jobs);
  }

  @Override
  public void close() {
    index.close();
  }
}
