package brimful.kafka.index;

import brimful.index.ChunkIndex;
import brimful.index.Snapshot;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.RecordJson;
import brimful.opensearch.ClusterLease;
import brimful.opensearch.OpenSearchAddress;
import brimful.opensearch.OpenSearchCluster;
import brimful.opensearch.OpenSearchIndex;
import brimful.opensearch.OwnedRecord;
import brimful.store.LockWait;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Indexes in an OpenSearch cluster, where every server reads them.
///
/// The records `~known`, `~state` and `~group` are what files are in a [FolderStore]. Dropped
/// collections stay in place, and are known as such until their tombstones count no more; what else
/// is left of them is deleted before. Safe for many threads; one process at a time may write.
public final class ClusterStore implements IndexStore {
  /// An index worker waits for a cluster that restarts, but not so long that its group excludes it.
  private static final Duration WRITING_PATIENCE = Duration.ofMinutes(4);

  private static final Duration READING_PATIENCE = Duration.ofSeconds(5);

  private static final String KNOWN = "~known";
  private static final String STATE = "~state";
  private static final String GROUP = "~group";
  private static final int GROUP_DIGITS = 8;

  private final OpenSearchCluster cluster;
  private final OwnedRecord state;

  /// Those that were read from.
  private final Map<CollectionKey, OpenSearchIndex> read = new ConcurrentHashMap<>();

  private ClusterStore(OpenSearchCluster cluster) {
    this.cluster = cluster;
    state = cluster.owned(STATE);
  }

  /// Opens a cluster to read it.
  public static ClusterStore reading(OpenSearchAddress address) {
    return new ClusterStore(OpenSearchCluster.open(address, READING_PATIENCE));
  }

  /// Opens a cluster to write it, once it answers.
  public static ClusterStore writing(OpenSearchAddress address) {
    OpenSearchCluster cluster = OpenSearchCluster.open(address, WRITING_PATIENCE);
    try {
      cluster.create();
      return new ClusterStore(cluster);
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /// Waits until no other index worker writes it.
  public ClusterLease lease(LockWait lockWait) {
    return cluster.lease(lockWait);
  }

  @Override
  public String display() {
    return "OpenSearch at " + cluster.display();
  }

  private static String name(CollectionKey key) {
    return key.name() + "/" + key.tokenizer();
  }

  private static CollectionKey key(String name) {
    String[] words = name.split("/", 2);
    return new CollectionKey(words[0], words[1]);
  }

  @Override
  public ChunkIndex open(CollectionKey key) {
    restore(key);
    OpenSearchIndex index = cluster.index(name(key), key.tokenizer());
    // An index of another version is void from here on, and can be read as one without items.
    boolean _ = index.claim();
    return index;
  }

  /// Opens the last commit of a collection; the caller closes it. What is known of a commit is kept
  /// for the next one.
  ///
  /// @throws brimful.corpus.UserError if it was written by another version
  public Snapshot snapshot(CollectionKey key) {
    return reading(key).snapshot();
  }

  /// Returns what tells a collection's last commit from all others; empty if there is none.
  public String commitId(CollectionKey key) {
    return reading(key).commitId();
  }

  private OpenSearchIndex reading(CollectionKey key) {
    return read.computeIfAbsent(key, _ -> cluster.index(name(key), key.tokenizer()));
  }

  @Override
  public boolean exists(CollectionKey key) {
    return cluster.notes(name(key), key.tokenizer()).isPresent();
  }

  @Override
  public Map<String, String> notes(CollectionKey key) {
    return cluster.notes(name(key), key.tokenizer()).orElse(Map.of());
  }

  @Override
  public List<CollectionKey> list() {
    return List.copyOf(known());
  }

  /// The collections by name, with the time at which each was retired; 0 if it is in use.
  private static SortedMap<String, Long> collections(Optional<JsonNode> note) {
    var all = new TreeMap<String, Long>();
    note.ifPresent(one ->
        one.path("collections")
            .properties()
            .forEach(entry -> all.put(entry.getKey(), entry.getValue().asLong())));
    return all;
  }

  /// @param change is made again when another process has changed the list meanwhile
  private void change(Consumer<SortedMap<String, Long>> change) {
    var _ =
        cluster.change(
            KNOWN,
            note -> {
              SortedMap<String, Long> before = collections(note);
              SortedMap<String, Long> after = new TreeMap<>(before);
              change.accept(after);
              return after.equals(before) ? Optional.empty() : Optional.of(note(after));
            });
  }

  private static ObjectNode note(SortedMap<String, Long> all) {
    ObjectNode note = RecordJson.object();
    ObjectNode collections = note.putObject("collections");
    all.forEach(collections::put);
    return note;
  }

  @Override
  public SortedSet<CollectionKey> known() {
    var known = new TreeSet<CollectionKey>();
    collections(cluster.note(KNOWN))
        .forEach((name, retired) -> {
          if (retired == 0) {
            known.add(key(name));
          }
        });
    return known;
  }

  @Override
  public void remember(List<CollectionKey> added) {
    change(all -> added.forEach(key -> all.put(name(key), 0L)));
  }

  @Override
  public void forget(List<CollectionKey> removed) {
    long now = Instant.now().toEpochMilli();
    change(all ->
        removed.forEach(
            key -> all.computeIfPresent(name(key), (_, retired) -> retired == 0 ? now : retired)));
  }

  @Override
  public void retire(CollectionKey key) {
    // It is in the list that was replaced.
  }

  private void restore(CollectionKey key) {
    change(all -> all.computeIfPresent(name(key), (_, _) -> 0L));
  }

  @Override
  public void clearRetired(Instant now) {
    SortedMap<String, Long> retired = collections(cluster.note(KNOWN));
    retired.values().removeIf(since -> since == 0);
    // Questions that began before may still read what the items had.
    retired.forEach((name, since) -> {
      if (since < now.minus(OpenSearchIndex.KEPT).toEpochMilli()) {
        cluster.sweep(name);
      }
    });
    var old = new TreeMap<>(retired);
    long before = now.minus(CollectionIndex.GRAVE_LIFE).toEpochMilli();
    old.values().removeIf(since -> since >= before);
    old.keySet().forEach(cluster::drop);
    change(all -> old.forEach(all::remove));
  }

  @Override
  public Optional<FolderState> state() {
    return state.read().map(FolderState::of);
  }

  @Override
  public void write(FolderState next) {
    state.write(next.json());
  }

  @Override
  public String replica() {
    String made = "index-" + UUID.randomUUID().toString().substring(0, GROUP_DIGITS);
    return cluster
        .change(
            GROUP,
            note ->
                note.isPresent()
                    ? Optional.empty()
                    : Optional.of(RecordJson.object().put("name", made)))
        .map(note -> note.path("name").asText())
        .orElse(made);
  }

  @Override
  public boolean isWritten() {
    return cluster.isWritten();
  }

  @Override
  public void close() {
    read.values().forEach(OpenSearchIndex::close);
    cluster.close();
  }
}
