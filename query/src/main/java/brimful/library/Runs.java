package brimful.library;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The latest jobs, those under way and those that ended. Safe for many threads.
final class Runs {
  static final int KEPT_MAX = 1_000;

  private final SequencedMap<String, Run> runs = new LinkedHashMap<>();

  synchronized void add(Run run) {
    runs.put(run.job().id(), run);
    while (runs.size() > KEPT_MAX) {
      runs.pollFirstEntry();
    }
  }

  synchronized Optional<Run> get(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  /// Returns all, newest first.
  synchronized List<Run> all() {
    return List.copyOf(runs.sequencedValues().reversed());
  }

  /// Whether a source of a collection is being read, or is going to be.
  boolean isUnderWay(Shelf shelf, String source) {
    return all().stream()
        .anyMatch(run ->
            run.isOf(shelf) && run.job().source().equals(source) && !run.job().state().isEnd());
  }

  void cancel(Shelf shelf) {
    all().stream().filter(run -> run.isOf(shelf)).forEach(Run::cancel);
  }

  void cancelAll() {
    all().forEach(Run::cancel);
  }
}
