package brimful.kafka;

import brimful.corpus.DocumentId;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Inventory;
import brimful.kafka.record.ReplicaReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Compares what was submitted with what the running index workers have of it.
///
/// The two agree once everything is done, so they are compared only while nothing waits. They
/// differ where a topic or an index lost something that was done. Index workers in disorder (not
/// running, sharing a group, waiting at a record) are not judged: `status` says what is wrong with
/// them.
public final class IndexAudit {
  /// Indexes have everything, as far as is known.
  public static final Lacking NOTHING = new Lacking(Set.of(), List.of());

  private IndexAudit() {}

  /// What indexes lack of a collection.
  ///
  /// @param buckets of [Inventory], whose items they may lack
  /// @param lines what to say about it
  public record Lacking(Set<Integer> buckets, List<String> lines) {
    public Lacking {
      buckets = Set.copyOf(buckets);
      lines = List.copyOf(lines);
    }

    boolean has(DocumentId item) {
      return !buckets.isEmpty() && buckets.contains(Inventory.bucket(item));
    }
  }

  /// Compares a collection, item by item.
  ///
  /// @param submitted of the collection, as read a moment ago
  public static Lacking of(Cluster cluster, CollectionKey collection, SubmittedItems submitted) {
    if (submitted.isEmpty() || submitted.isWaiting()) {
      return NOTHING;
    }
    var buckets = new TreeSet<Integer>();
    var lines = new ArrayList<String>();
    try (var progress = new JobProgress(cluster)) {
      Inventory wanted = submitted.inventory();
      Reports.read(cluster, progress)
          .of(collection)
          .forEach((group, has) -> {
            Set<Integer> differences = wanted.differences(has);
            if (!differences.isEmpty()) {
              buckets.addAll(differences);
              lines.add(line(group, collection, has.items(), wanted.items()));
            }
          });
    }
    return new Lacking(buckets, lines);
  }

  /// Compares the numbers of files of all collections: a line for each difference.
  ///
  /// Call it only while no claims wait.
  public static List<String> lines(Cluster cluster) {
    var lines = new ArrayList<String>();
    try (var progress = new JobProgress(cluster)) {
      Reports reports = Reports.read(cluster, progress);
      progress
          .files()
          .forEach((collection, wanted) ->
              reports
                  .of(collection)
                  .forEach((group, has) -> {
                    if (has.items() != wanted) {
                      lines.add(
                          line(group, collection, has.items(), wanted)
                              + ": the next brimful ingest submits the rest again");
                    }
                  }));
    }
    return lines;
  }

  private static String line(String group, CollectionKey collection, long has, long wanted) {
    return has == wanted
        ? String.format(
            Locale.ROOT, "index worker %s has other versions of files of %s", group, collection)
        : String.format(
            Locale.ROOT,
            "index worker %s has %,d of %,d files of %s",
            group,
            has,
            wanted,
            collection);
  }

  /// What the index workers that are up to date have reported.
  ///
  /// @param topic the id of the present documents topic
  /// @param idle their groups
  /// @param counted the groups that had results of a collection
  private record Reports(
      String topic,
      Set<String> idle,
      List<ReplicaReport> replicas,
      Map<String, Map<CollectionKey, Inventory>> inventories,
      Map<CollectionKey, Set<String>> counted) {

    static Reports read(Cluster cluster, JobProgress progress) {
      List<ReplicaReport> replicas = progress.replicas();
      // One member: two share the partitions, so neither has everything.
      Set<String> idle =
          replicas.stream()
              .map(ReplicaReport::group)
              .distinct()
              .filter(group -> cluster.members(group) == 1 && cluster.lag(List.of(group)).isNone())
              .collect(Collectors.toCollection(TreeSet::new));
      Map<CollectionKey, Set<String>> counted = new TreeMap<>();
      // After the lag, because an index worker reports what it has before that becomes none.
      for (JobProgress.Job job : progress.jobs()) {
        counted
            .computeIfAbsent(job.collection(), _ -> new TreeSet<>())
            .addAll(job.counts().keySet());
      }
      return new Reports(
          cluster.id(cluster.topics().documents()),
          idle,
          replicas,
          progress.inventories(),
          counted);
    }

    /// Returns what each has of a collection, if that is known.
    Map<String, Inventory> of(CollectionKey collection) {
      Map<String, Inventory> has = new TreeMap<>();
      for (String group : idle) {
        Optional<Inventory> reported =
            Optional.ofNullable(inventories.getOrDefault(group, Map.of()).get(collection));
        boolean known =
            reported.isPresent() || !counted.getOrDefault(collection, Set.of()).contains(group);
        if (known && !isParked(group, collection)) {
          has.put(
              group,
              reported
                  .filter(one -> one.topic().equals(topic))
                  .orElseGet(() -> Inventory.empty(topic)));
        }
      }
      return has;
    }

    private boolean isParked(String group, CollectionKey collection) {
      return replicas.stream()
          .filter(one -> one.group().equals(group))
          .flatMap(one -> one.parked().stream())
          .anyMatch(parked -> parked.collection().equals(collection));
    }
  }
}
