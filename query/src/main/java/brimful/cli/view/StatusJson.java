package brimful.cli.view;

import brimful.kafka.Cluster;
import brimful.kafka.JobProgress;
import brimful.kafka.Lag;
import brimful.kafka.OvertakenJobs;
import brimful.kafka.WaitingList;
import brimful.kafka.record.JobCounts;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// Shows the progress of jobs to programs.
public final class StatusJson {
  private StatusJson() {}

  /// Returns all that `brimful status` says as one JSON object.
  public static String of(Cluster cluster, List<JobProgress.Job> jobs) {
    var status = new ObjectNode(JsonNodeFactory.instance);
    var shown = status.putArray("jobs");
    Lag lag = cluster.lag(JobProgress.groups(jobs));
    try (var waiting = new WaitingList(cluster)) {
      List<WaitingList.Cause> causes = waiting.causes();
      boolean idle = lag.isNone() && causes.isEmpty();
      OvertakenJobs overtaken = OvertakenJobs.of(cluster, JobProgress.read(cluster), idle);
      shown.addAll(jobs.stream().map(job -> job(job, overtaken.by(job))).toList());
      status
          .putObject("waiting")
          .put("files", lag.jobs())
          .put("aside", causes.stream().mapToLong(WaitingList.Cause::claims).sum())
          .put("records", lag.documents());
      status.putArray("causes").addAll(causes.stream().map(StatusJson::cause).toList());
      var troubles = status.putArray("index_workers");
      new IndexWorkersView(cluster).lines(idle).forEach(troubles::add);
    }
    var advice = status.putArray("topics");
    cluster.advice().forEach(advice::add);
    return status.toString();
  }

  private static ObjectNode job(JobProgress.Job job, Optional<String> overtakenBy) {
    JobCounts counts = job.farthest();
    ObjectNode node = new ObjectNode(JsonNodeFactory.instance);
    node.put("id", job.id())
        .put("collection", job.collection().name())
        .put("tokenizer", job.collection().tokenizer())
        .put("submitted", job.submitted().toString())
        .put("items", job.items())
        .put("done", counts.done())
        .put("is_done", job.isDone() || overtakenBy.isPresent());
    overtakenBy.ifPresent(id -> node.put("overtaken_by", id));
    ObjectNode ended = counts.json();
    ended.remove(List.of("v", "last"));
    node.setAll(ended);
    return node;
  }

  private static ObjectNode cause(WaitingList.Cause cause) {
    return new ObjectNode(JsonNodeFactory.instance)
        .put("files", cause.claims())
        .put("cause", cause.cause())
        .put("worker", cause.worker());
  }
}
