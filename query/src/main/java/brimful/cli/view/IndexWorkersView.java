package brimful.cli.view;

import brimful.corpus.Counted;
import brimful.kafka.Cluster;
import brimful.kafka.JobProgress;
import brimful.kafka.record.ReplicaReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Says what is wrong with the index workers of a cluster; healthy ones are not mentioned.
final class IndexWorkersView {
  private final Cluster cluster;

  IndexWorkersView(Cluster cluster) {
    this.cluster = cluster;
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    try (var progress = new JobProgress(cluster)) {
      progress.replicas().forEach(report -> lines.addAll(lines(report)));
      if (progress.newer() > 0) {
        lines.add(
            "%s of progress of a newer version not read: upgrade this Brimful"
                .formatted(Counted.of(progress.newer(), "record")));
      }
    }
    return lines.stream().distinct().toList();
  }

  private List<String> lines(ReplicaReport report) {
    var lines = new ArrayList<String>();
    int members = cluster.members(report.group());
    if (members == 0) {
      lines.add(
          "index worker %s does not run; it last started, or reported, at %s"
              .formatted(report.group(), report.at()));
    } else if (members > 1) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d index workers share group %s, so each has a part of every collection: give each folder a --group of its own",
              members,
              report.group()));
    }
    for (ReplicaReport.Parked parked : report.parked()) {
      lines.add(
          "index worker %s: collection %s waits at %s, %s; or start it with --skip %s, which leaves that record out"
              .formatted(
                  report.group(), parked.collection(), parked.at(), parked.cause(), parked.at()));
    }
    return lines;
  }
}
