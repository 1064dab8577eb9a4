package brimful.cli.view;

import brimful.corpus.Counted;
import brimful.kafka.Cluster;
import brimful.kafka.IndexAudit;
import brimful.kafka.JobProgress;
import brimful.kafka.record.ReplicaReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Says what is wrong with the index workers of a cluster; healthy ones are not mentioned.
final class IndexWorkersView {
  private final Cluster cluster;

  IndexWorkersView(Cluster cluster) {
    this.cluster = cluster;
  }

  /// @param idle whether no claims wait, so that indexes should have everything
  List<String> lines(boolean idle) {
    var lines = new ArrayList<String>(idle ? IndexAudit.lines(cluster) : List.of());
    try (var progress = new JobProgress(cluster)) {
      progress.replicas().stream()
          .collect(Collectors.groupingBy(ReplicaReport::group, TreeMap::new, Collectors.toList()))
          .forEach((group, reports) -> lines.addAll(lines(group, reports)));
      if (progress.newer() > 0) {
        lines.add(
            "%s of progress of a newer version not read: upgrade this Brimful"
                .formatted(Counted.of(progress.newer(), "record")));
      }
    }
    return lines;
  }

  /// A killed member counts until its session ends, so a second member alone says nothing.
  private List<String> lines(String group, List<ReplicaReport> folders) {
    var lines = new ArrayList<String>();
    int members = cluster.members(group);
    if (members == 0) {
      lines.add(
          "index worker %s does not run; it last started, or reported, at %s"
              .formatted(group, folders.getLast().at()));
    } else if (members > 1 && folders.size() > 1) {
      lines.add(
          String.format(
              Locale.ROOT,
              "index workers of %,d folders share group %s, so each has a part of every collection: give each a --group of its own",
              folders.size(),
              group));
    }
    folders.stream()
        .flatMap(folder -> folder.parked().stream())
        .distinct()
        .map(parked ->
            "index worker %s: collection %s waits at %s, %s; or start it with --skip %s, which leaves that record out"
                .formatted(group, parked.collection(), parked.at(), parked.cause(), parked.at()))
        .forEach(lines::add);
    return lines;
  }
}
