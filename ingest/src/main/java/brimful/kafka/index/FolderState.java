package brimful.kafka.index;

import brimful.corpus.UserError;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.RecordJson;
import brimful.kafka.record.UnreadableRecord;
import brimful.store.AtomicFile;
import brimful.store.Disk;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far the indexes of one folder have read the documents topic, as the file `folder.json`
/// beside them says.
///
/// Invariant: each index includes every record of its collection below the folder's offsets, apart
/// from the [Behind] ones. The file is therefore written last, after the commits of all indexes
/// that changed. After a kill in between, the indexes have more than the file claims; records that
/// are read twice change nothing, because an index knows the version of each item.
///
/// The value:
/// `{"v":1,"group","cluster","topic","partitions","held":[…],"offsets":{partition:offset},
/// "behind":[{"collection","tokenizer","partition","offset","at","cause"}]}`.
///
/// @param group the consumer group that the folder was read in last
/// @param cluster the id of the Kafka cluster; empty in files of earlier versions
/// @param topic the id of the documents topic
/// @param partitions how many the topic has
/// @param held the partitions that this folder's index worker reads
/// @param offsets the first offset of each partition that is not in the indexes
/// @param behind collections for which that is not true
public record FolderState(
    String group,
    String cluster,
    String topic,
    int partitions,
    SortedSet<Integer> held,
    SortedMap<Integer, Long> offsets,
    List<Behind> behind) {
  private static final Logger LOG = LoggerFactory.getLogger(FolderState.class);
  private static final String FILE = "folder.json";

  public FolderState {
    held = new TreeSet<>(held);
    offsets = new TreeMap<>(offsets);
    behind = List.copyOf(behind);
  }

  /// A collection that has not read all of a partition below the folder's offset.
  ///
  /// @param offset where it must be read from
  /// @param at the record that it waits at, as `TOPIC-PARTITION@OFFSET`; empty if it is being read
  ///   again
  /// @param cause why it waits
  public record Behind(
      CollectionKey collection, int partition, long offset, String at, String cause) {
    boolean isParked() {
      return !at.isEmpty();
    }

    /// Returns what people can do about it, in one line.
    public String line() {
      return isParked()
          ? "collection %s waits at %s, %s; or start it with --skip %s, which leaves that record out"
              .formatted(collection, at, cause, at)
          : "collection %s is being read again, partition %s from offset %s: files may be missing until then"
              .formatted(collection, partition, offset);
    }
  }

  /// Returns how often a collection waits at a record that it cannot read.
  int parked() {
    return (int) behind.stream().filter(Behind::isParked).count();
  }

  /// Reads a folder's state; empty if it has none yet.
  ///
  /// @throws UncheckedIOException if the file is there and cannot be read
  public static Optional<FolderState> read(Path folder) {
    try {
      return Optional.of(of(RecordJson.read(Files.readAllBytes(folder.resolve(FILE)))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (UnreadableRecord e) {
      if (e.newer()) {
        throw new UncheckedIOException(
            new IOException("%s: %s".formatted(folder.resolve(FILE), e.getMessage())));
      }
      // Without it, the topic is read from the beginning, which is always right.
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder.resolve(FILE), e);
    }
  }

  /// Reads where to continue in a topic; empty if the folder has no state, or one of a topic that
  /// was deleted: none of its offsets count then.
  ///
  /// @throws UserError if the indexes were made from another cluster
  static Optional<FolderState> read(IndexStore store, String cluster, String topic) {
    Optional<FolderState> last = store.state();
    last.ifPresent(one -> one.requireSame(cluster, topic));
    Optional<FolderState> state = last.filter(one -> one.topic().equals(topic));
    if (last.isPresent() && state.isEmpty()) {
      LOG.warn(
          "the documents topic was deleted and created again: the indexes stay, and the next ingest of each collection fills the topic");
    }
    return state;
  }

  private void requireSame(String presentCluster, String presentTopic) {
    if (!topic.equals(presentTopic) && !cluster.equals(presentCluster)) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "the indexes were made from another Kafka cluster (id %s, this one is %s): check --kafka, or take another BRIMFUL_HOME; if that cluster is lost, run brimful ingest PATH --collection NAME for each collection with workers running, and then brimful index-worker --rebuild"
              .formatted(cluster.isEmpty() ? "unknown" : cluster, presentCluster));
    }
  }

  /// Replaces the folder's file in one atomic step.
  void write(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      AtomicFile.write(file, RecordJson.bytes(json()));
    } catch (IOException e) {
      throw Disk.failure(
          e, file, "the state of the indexes", "cannot write %s: check its folder".formatted(file));
    }
  }

  /// Returns what answers about a collection may lack, a line each; none if it is complete.
  public List<String> gaps(CollectionKey collection) {
    return gaps(behind.stream().filter(one -> one.collection().equals(collection)).toList());
  }

  /// Returns what the folder lacks, a line each; none if it is complete.
  public List<String> gaps() {
    return gaps(behind);
  }

  private List<String> gaps(List<Behind> some) {
    return Stream.concat(missing().stream(), some.stream().map(Behind::line)).toList();
  }

  /// Returns a line if another folder has some of the partitions.
  private Optional<String> missing() {
    if (held.size() >= partitions) {
      return Optional.empty();
    }
    return Optional.of(
        "this folder reads %s of %s partitions (%s): another index worker of group %s has the others, so files are missing here; give each folder a --group of its own"
            .formatted(
                held.size(),
                partitions,
                held.isEmpty()
                    ? "none"
                    : held.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                group));
  }

  ObjectNode json() {
    ObjectNode node =
        RecordJson.object()
            .put("group", group)
            .put("cluster", cluster)
            .put("topic", topic)
            .put("partitions", partitions);
    ArrayNode has = node.putArray("held");
    held.forEach(has::add);
    ObjectNode next = node.putObject("offsets");
    offsets.forEach((partition, offset) -> next.put(partition.toString(), offset));
    node.set("behind", json(behind));
    return node;
  }

  /// Returns collections that are behind as a JSON array.
  static ArrayNode json(List<Behind> behind) {
    ArrayNode array = RecordJson.object().putArray("behind");
    for (Behind one : behind) {
      array
          .addObject()
          .put("collection", one.collection().name())
          .put("tokenizer", one.collection().tokenizer())
          .put("partition", one.partition())
          .put("offset", one.offset())
          .put("at", one.at())
          .put("cause", one.cause());
    }
    return array;
  }

  static FolderState of(JsonNode node) {
    var held = new TreeSet<Integer>();
    node.path("held").forEach(partition -> held.add(partition.asInt()));
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : node.path("offsets").properties()) {
      offsets.put(Integer.valueOf(entry.getKey()), entry.getValue().asLong());
    }
    return new FolderState(
        RecordJson.text(node, "group"),
        node.path("cluster").asText(),
        RecordJson.text(node, "topic"),
        Math.toIntExact(RecordJson.number(node, "partitions")),
        held,
        offsets,
        behind(node.path("behind")));
  }

  /// Reads what [#json] wrote.
  static List<Behind> behind(JsonNode array) {
    var behind = new ArrayList<Behind>();
    for (JsonNode one : array) {
      behind.add(
          new Behind(
              new CollectionKey(
                  RecordJson.text(one, "collection"), RecordJson.text(one, "tokenizer")),
              Math.toIntExact(RecordJson.number(one, "partition")),
              RecordJson.number(one, "offset"),
              RecordJson.text(one, "at"),
              RecordJson.text(one, "cause")));
    }
    return behind;
  }
}
