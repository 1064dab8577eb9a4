package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Inventory;
import brimful.kafka.record.JobCounts;
import brimful.kafka.record.RecordJson;
import brimful.kafka.record.ReplicaReport;
import brimful.kafka.record.UnreadableRecord;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// The content of `brimful.progress`: what each job submitted, and how far the index has come.
///
/// Keys are `collection NUL tokenizer NUL job NUL submitted`, with the value
/// `{"v":1,"items","bytes","deletes","at"}`, and `collection NUL tokenizer NUL job NUL counts NUL
/// index-group` with the value of [JobCounts], at most once a commit. Index workers report what
/// they lack ([ReplicaReport]) and what they have of each collection ([Inventory]); how many files
/// a collection should have is in `collection NUL tokenizer NUL NUL files`, as `{"v":1,"files"}`.
///
/// For one thread.
public final class JobProgress implements AutoCloseable {
  private static final String SUBMITTED = "submitted";
  private static final String COUNTS = "counts";
  private static final String FILES = "files";

  private final TopicReplay progress;
  private final Set<String> newer = new TreeSet<>();

  public JobProgress(Cluster cluster) {
    progress = new TopicReplay(cluster, List.of(cluster.topics().progress()));
  }

  /// A job and its state.
  ///
  /// @param items how many claims were submitted, deletes among them
  /// @param bytes of the files to read
  /// @param counts by index group; empty before the first result
  public record Job(
      CollectionKey collection,
      String id,
      long items,
      long bytes,
      Instant submitted,
      Map<String, JobCounts> counts) {
    public Job {
      counts = Map.copyOf(counts);
    }

    /// Returns the counts of the index that has progressed furthest.
    public JobCounts farthest() {
      return counts.values().stream()
          .max(Comparator.comparingLong(JobCounts::done))
          .orElse(JobCounts.NONE);
    }

    public boolean isDone() {
      return farthest().done() >= items;
    }
  }

  public static String jobKey(CollectionKey collection, String job) {
    return collection.name() + '\0' + collection.tokenizer() + '\0' + job;
  }

  public static String countsKey(String jobKey, String group) {
    return jobKey + '\0' + COUNTS + '\0' + group;
  }

  static byte[] submittedKey(CollectionKey collection, String job) {
    return (jobKey(collection, job) + '\0' + SUBMITTED).getBytes(UTF_8);
  }

  static byte[] filesKey(CollectionKey collection) {
    return (jobKey(collection, "") + '\0' + FILES).getBytes(UTF_8);
  }

  static byte[] files(long files) {
    return RecordJson.bytes(RecordJson.object().put(FILES, files));
  }

  static byte[] submitted(long items, long bytes, Instant at) {
    return RecordJson.bytes(
        RecordJson.object().put("items", items).put("bytes", bytes).put("at", at.toString()));
  }

  /// Reads all jobs, oldest first.
  public static List<Job> read(Cluster cluster) {
    try (var board = new JobProgress(cluster)) {
      return board.jobs();
    }
  }

  /// Returns the present state of all jobs, oldest first.
  public List<Job> jobs() {
    Map<String, JsonNode> submitted = new TreeMap<>();
    Map<String, Map<String, JobCounts>> counts = new TreeMap<>();
    readable((key, value) -> {
      String[] words = key.split("\0", -1);
      if (words.length >= 4) {
        String job = String.join("\0", words[0], words[1], words[2]);
        JsonNode node = RecordJson.read(value);
        if (words[3].equals(SUBMITTED)) {
          submitted.put(job, node);
        } else if (words.length == 5 && words[3].equals(COUNTS)) {
          counts.computeIfAbsent(job, _ -> new TreeMap<>()).put(words[4], JobCounts.of(node));
        }
      }
    });
    var jobs = new ArrayList<Job>();
    submitted.forEach((key, node) ->
        jobs.add(job(key.split("\0", -1), node, counts.getOrDefault(key, Map.of()))));
    jobs.sort(Comparator.comparing(Job::submitted).thenComparing(Job::id));
    return jobs;
  }

  /// Returns the groups of the index workers that have counted for any of some jobs.
  public static Set<String> groups(List<Job> jobs) {
    return jobs.stream()
        .flatMap(job -> job.counts().keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Returns the reports of index workers, by group and replica.
  public List<ReplicaReport> replicas() {
    var reports = new ArrayList<ReplicaReport>();
    readable((key, value) -> ReplicaReport.read(key, value).ifPresent(reports::add));
    reports.sort(Comparator.comparing(ReplicaReport::group).thenComparing(ReplicaReport::replica));
    return reports;
  }

  /// Returns what the index workers have, by group and collection.
  public Map<String, Map<CollectionKey, Inventory>> inventories() {
    Map<String, Map<CollectionKey, Inventory>> inventories = new TreeMap<>();
    readable((key, value) -> {
      String[] words = key.split("\0", -1);
      if (Inventory.isKey(words)) {
        inventories
            .computeIfAbsent(words[4], _ -> new TreeMap<>())
            .put(new CollectionKey(words[0], words[1]), Inventory.read(value));
      }
    });
    return inventories;
  }

  /// Returns how many files each collection had when something of it was submitted last.
  public Map<CollectionKey, Long> files() {
    Map<CollectionKey, Long> files = new TreeMap<>();
    readable((key, value) -> {
      String[] words = key.split("\0", -1);
      if (words.length == 4 && words[3].equals(FILES)) {
        files.put(
            new CollectionKey(words[0], words[1]),
            RecordJson.number(RecordJson.read(value), FILES));
      }
    });
    return files;
  }

  /// Returns how many records only a later version can read.
  public int newer() {
    return newer.size();
  }

  /// Reads all records; foreign ones and those of a later version are passed over.
  private void readable(BiConsumer<String, byte[]> reader) {
    newer.clear();
    progress
        .last()
        .forEach((key, last) -> {
          try {
            // The topic's name precedes the key.
            reader.accept(key.substring(key.indexOf('\0') + 1), last.value());
          } catch (UnreadableRecord e) {
            if (e.newer()) {
              newer.add(key);
            }
          }
        });
  }

  private static Job job(String[] key, JsonNode node, Map<String, JobCounts> counts) {
    return new Job(
        new CollectionKey(key[0], key[1]),
        key[2],
        RecordJson.number(node, "items"),
        RecordJson.number(node, "bytes"),
        Instant.parse(RecordJson.text(node, "at")),
        counts);
  }

  @Override
  public void close() {
    progress.close();
  }
}
