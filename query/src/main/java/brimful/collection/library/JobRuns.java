package brimful.collection.library;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The latest jobs, running and ended ones. Safe for many threads.
final class JobRuns {
  static final int KEPT_MAX = 1_000;

  private final SequencedMap<String, JobRun> runs = new LinkedHashMap<>();

  synchronized void add(JobRun run) {
    runs.put(run.job().id(), run);
    while (runs.size() > KEPT_MAX) {
      runs.pollFirstEntry();
    }
  }

  synchronized Optional<JobRun> get(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  /// Returns all jobs, newest first.
  synchronized List<JobRun> all() {
    return List.copyOf(runs.sequencedValues().reversed());
  }

  /// Returns whether a job of a source is running or waiting.
  boolean isUnderWay(Collection collection, String source) {
    return all().stream()
        .anyMatch(run ->
            run.isOf(collection)
                && run.job().kind() != Job.Kind.COUNT
                && run.job().source().equals(source)
                && !run.job().state().isEnd());
  }

  /// Returns the job that will read a part of a source, or all of it, and has not begun.
  Optional<JobRun> waiting(Collection collection, String source, String part) {
    return all().stream()
        .filter(run ->
            run.isOf(collection)
                && run.job().kind() == Job.Kind.SYNC
                && run.job().source().equals(source)
                && run.job().state() == Job.State.WAITING
                && (run.part().isEmpty() || run.part().equals(part)))
        .findFirst();
  }

  /// Returns the latest job of a collection that reads a source; empty if there is none.
  Optional<JobRun> latest(Collection collection) {
    return all().stream()
        .filter(run -> run.isOf(collection) && run.job().kind() != Job.Kind.COUNT)
        .findFirst();
  }

  void cancel(Collection collection) {
    all().stream().filter(run -> run.isOf(collection)).forEach(JobRun::cancel);
  }

  void cancelAll() {
    all().forEach(JobRun::cancel);
  }
}
