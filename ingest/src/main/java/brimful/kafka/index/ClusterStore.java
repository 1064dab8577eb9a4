package brimful.kafka.index;

import brimful.index.ChunkIndex;
import brimful.index.Snapshot;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.RecordJson;
import brimful.opensearch.ClusterLease;
import brimful.opensearch.OpenSearchAddress;
import brimful.opensearch.OpenSearchCluster;
import brimful.opensearch.OpenSearchIndex;
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

/// Indexes in an OpenSearch cluster, where every server reads them.
///
/// The records `~known`, `~state` and `~group` are what files are in a [FolderStore]. Dropped
/// collections stay in place, and are known as such until their tombstones count no more. Safe for
/// many threads; one process at a time may write.
public final class ClusterStore implements IndexStore {
  /// An index worker waits for a cluster that restarts, but not so long that its group excludes it.
  private static final Duration WRITING_PATIENCE = Duration.ofMinutes(4);

  private static final Duration READING_PATIENCE = Duration.ofSeconds(5);

  private static final String KNOWN = "~known";
  private static final String STATE = "~state";
  private static final String GROUP = "~group";
  private static final int GROUP_DIGITS = 8;

  private final OpenSearchCluster cluster;

  /// Those that were read from.
  private final Map<CollectionKey, OpenSearchIndex> read = new ConcurrentHashMap<>();

  private ClusterStore(OpenSearchCluster cluster) {
    this.cluster = cluster;
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
  private SortedMap<String, Long> all() {
    var all = new TreeMap<String, Long>();
    cluster
        .note(KNOWN)
        .ifPresent(note ->
            note.path("collections")
                .properties()
                .forEach(entry -> all.put(entry.getKey(), entry.getValue().asLong())));
    return all;
  }

  private void write(SortedMap<String, Long> all) {
    ObjectNode note = RecordJson.object();
    ObjectNode collections = note.putObject("collections");
    all.forEach(collections::put);
    cluster.note(KNOWN, note);
  }

  @Override
  public SortedSet<CollectionKey> known() {
    var known = new TreeSet<CollectionKey>();
    all()
        .forEach((name, retired) -> {
          if (retired == 0) {
            known.add(key(name));
          }
        });
    return known;
  }

  @Override
  public synchronized void remember(List<CollectionKey> added) {
    SortedMap<String, Long> all = all();
    added.forEach(key -> all.put(name(key), 0L));
    write(all);
  }

  @Override
  public synchronized void replaceKnown(SortedSet<CollectionKey> known) {
    SortedMap<String, Long> all = all();
    all.replaceAll((name, retired) ->
        retired == 0 && !known.contains(key(name)) ? Instant.now().toEpochMilli() : retired);
    write(all);
  }

  @Override
  public void retire(CollectionKey key) {
    // It is in the list that was replaced.
  }

  private synchronized void restore(CollectionKey key) {
    SortedMap<String, Long> all = all();
    if (all.getOrDefault(name(key), 0L) > 0) {
      all.put(name(key), 0L);
      write(all);
    }
  }

  @Override
  public synchronized void clearRetired(Instant now) {
    long before = now.minus(CollectionIndex.GRAVE_LIFE).toEpochMilli();
    SortedMap<String, Long> all = all();
    List<String> old =
        all.entrySet().stream()
            .filter(entry -> entry.getValue() > 0 && entry.getValue() < before)
            .map(Map.Entry::getKey)
            .toList();
    if (!old.isEmpty()) {
      old.forEach(cluster::drop);
      old.forEach(all::remove);
      write(all);
    }
  }

  @Override
  public Optional<FolderState> state() {
    return cluster.note(STATE).map(FolderState::of);
  }

  @Override
  public void write(FolderState state) {
    cluster.note(STATE, state.json());
  }

  @Override
  public String replica() {
    Optional<String> name = cluster.note(GROUP).map((JsonNode note) -> note.path("name").asText());
    return name.orElseGet(() -> {
      String made = "index-" + UUID.randomUUID().toString().substring(0, GROUP_DIGITS);
      cluster.note(GROUP, RecordJson.object().put("name", made));
      return made;
    });
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
