package brimful.opensearch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The counts of a commit that were asked for most recently: as many as the words of hundreds of
/// questions, so that those of all questions ever do not fill the memory. Safe for many threads.
final class RecentCounts {
  static final int KEPT_MAX = 10_000;

  private final Map<CommitQueries.Count, Long> kept = new LinkedHashMap<>(16, 0.75f, true);

  /// Returns counts in their order.
  ///
  /// @param ask returns those that are not known
  List<Long> of(
      List<CommitQueries.Count> wanted, Function<List<CommitQueries.Count>, List<Long>> ask) {
    var known = new HashMap<CommitQueries.Count, Long>();
    var unknown = new ArrayList<CommitQueries.Count>();
    synchronized (this) {
      for (CommitQueries.Count one : wanted) {
        Long count = kept.get(one);
        if (count != null) {
          known.put(one, count);
        }
      }
    }
    wanted.stream().distinct().filter(one -> !known.containsKey(one)).forEach(unknown::add);
    if (!unknown.isEmpty()) {
      List<Long> found = ask.apply(unknown);
      for (int at = 0; at < unknown.size(); at++) {
        known.put(unknown.get(at), found.get(at));
      }
      keep(known);
    }
    return wanted.stream().map(one -> known.getOrDefault(one, 0L)).toList();
  }

  private synchronized void keep(Map<CommitQueries.Count, Long> counts) {
    kept.putAll(counts);
    var eldest = kept.keySet().iterator();
    while (kept.size() > KEPT_MAX) {
      eldest.next();
      eldest.remove();
    }
  }

  synchronized int size() {
    return kept.size();
  }
}
