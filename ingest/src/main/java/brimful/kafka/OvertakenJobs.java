package brimful.kafka;

import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds jobs that will never be done, because later jobs of their collection have submitted the
/// rest of their items again.
public final class OvertakenJobs {
  private final Map<String, String> overtaken;

  private OvertakenJobs(Map<String, String> overtaken) {
    this.overtaken = Map.copyOf(overtaken);
  }

  /// Looks for those among all jobs. Reads the claims of collections that have an unfinished job
  /// and a later one.
  ///
  /// @param jobs oldest first
  /// @param idle whether nothing waits any more
  public static OvertakenJobs of(Cluster cluster, List<JobProgress.Job> jobs, boolean idle) {
    Map<String, String> overtaken = new HashMap<>();
    Map<CollectionKey, Set<String>> last = new HashMap<>();
    for (JobProgress.Job job : jobs) {
      if (job.isDone()) {
        continue;
      }
      Optional<JobProgress.Job> later =
          jobs.stream()
              .dropWhile(other -> !other.equals(job))
              .skip(1)
              .filter(other -> other.collection().equals(job.collection()))
              .findFirst();
      if (later.isPresent()) {
        boolean over =
            idle
                || !last.computeIfAbsent(job.collection(), key -> withClaims(cluster, key))
                    .contains(job.id());
        if (over) {
          overtaken.put(key(job), later.get().id());
        }
      }
    }
    return new OvertakenJobs(overtaken);
  }

  /// Returns the jobs that submitted the last claim of any item.
  private static Set<String> withClaims(Cluster cluster, CollectionKey collection) {
    Map<String, String> names = new HashMap<>();
    Collection<LastClaims.Last<String>> claims =
        LastClaims.read(
                cluster,
                collection,
                (Claim claim) -> names.computeIfAbsent(claim.job(), name -> name))
            .values();
    Set<String> jobs = new HashSet<>();
    claims.forEach(claim -> jobs.add(claim.value()));
    return jobs;
  }

  private static String key(JobProgress.Job job) {
    return JobProgress.jobKey(job.collection(), job.id());
  }

  /// Returns the job that overtook another; empty if none did.
  public Optional<String> by(JobProgress.Job job) {
    return Optional.ofNullable(overtaken.get(key(job)));
  }
}
