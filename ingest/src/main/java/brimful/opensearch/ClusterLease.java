package brimful.opensearch;

import brimful.corpus.UserError;
import brimful.store.LockWait;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to write a prefix, which one process has and renews; another takes it over when it was
/// not renewed for a while, by that process's own clock.
///
/// It keeps writers from taking turns: one that has lost it sends nothing more. That none breaks
/// into the commit of another, not even before it knows, is what the conditions of [CommitRecord]s
/// and [RemovalMarks] are for.
public final class ClusterLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterLease.class);
  private static final String NAME = "~lease";
  private static final Duration RENEWED_EVERY = Duration.ofSeconds(5);
  private static final Duration LOST_AFTER = Duration.ofSeconds(20);

  /// Clocks of machines differ by less.
  private static final Duration RECENT = Duration.ofSeconds(60);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenSearchClient client;
  private final StoredRecords records;
  private final String owner = UUID.randomUUID().toString();
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lease").factory());
  private Optional<StoredRecords.Read> held = Optional.empty();

  private ClusterLease(OpenSearchClient client, StoredRecords records) {
    this.client = client;
    this.records = records;
  }

  /// Waits until no other process has it.
  ///
  /// @param client is stopped when the lease is lost
  static ClusterLease take(OpenSearchClient client, StoredRecords records, LockWait lockWait) {
    var lease = new ClusterLease(client, records);
    String where = client.address().display();
    long begun = System.nanoTime();
    Optional<StoredRecords.Read> seen = Optional.empty();
    long seenAt = begun;
    boolean told = false;
    while (true) {
      Optional<StoredRecords.Read> now = records.read(NAME);
      long time = System.nanoTime();
      if (!now.equals(seen)) {
        seen = now;
        seenAt = time;
      }
      if (now.isEmpty() || time - seenAt > LOST_AFTER.toNanos()) {
        lease.held = records.write(NAME, lease.value(), now);
        if (lease.held.isPresent()) {
          lease.start();
          return lease;
        }
      }
      if (time - begun > lockWait.limit().toNanos()) {
        throw new UserError(
            UserError.Kind.BUSY,
            "another index worker writes %s: stop it, or wait for it".formatted(where));
      }
      if (!told) {
        told = true;
        lockWait
            .told()
            .accept(
                "another index worker writes %s, or ended a moment ago: waiting".formatted(where));
      }
      OpenSearchClient.pause(1_000);
    }
  }

  private ObjectNode value() {
    return JSON.createObjectNode().put("owner", owner).put("renewed", Clock.systemUTC().millis());
  }

  private void start() {
    long every = RENEWED_EVERY.toMillis();
    var _ = renewals.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
  }

  private synchronized void renew() {
    if (held.isEmpty()) {
      return;
    }
    try {
      Optional<StoredRecords.Read> now = records.write(NAME, value(), held);
      // The answer to an earlier renewal may have been lost.
      held = now.isPresent() ? now : records.read(NAME).filter(this::isMine);
      if (held.isEmpty()) {
        client.stop(lost());
      }
    } catch (RuntimeException e) {
      // Whoever wants it waits as long as the cluster is away.
      LOG.info("lease not renewed cause={}", e.toString());
    }
  }

  private boolean isMine(StoredRecords.Read lease) {
    return lease.value().path("owner").asText().equals(owner);
  }

  private UserError lost() {
    return new UserError(
        UserError.Kind.BUSY,
        "another index worker has taken over %s: let only one write a prefix"
            .formatted(client.address().display()));
  }

  /// Renews it no more, as if the process had been killed.
  void stop() {
    renewals.shutdownNow();
  }

  /// Returns whether a process has it now.
  static boolean isHeld(StoredRecords records) {
    long least = Clock.systemUTC().millis() - RECENT.toMillis();
    return records.read(NAME).filter(it -> it.value().path("renewed").asLong() > least).isPresent();
  }

  @Override
  public void close() {
    // Ends a renewal that waits for the cluster, and has the monitor.
    renewals.shutdownNow();
    giveBack();
  }

  private synchronized void giveBack() {
    StoredRecords once = records.impatient();
    try {
      once.read(NAME).filter(this::isMine).ifPresent(mine -> once.delete(NAME, mine));
    } catch (RuntimeException e) {
      LOG.info("lease not given back cause={}", e.toString());
    }
    held = Optional.empty();
  }
}
