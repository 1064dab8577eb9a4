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

/// The right to write a prefix, which one process has and renews; another takes it over when it has
/// seen for a while, by its own clock, that it is not renewed.
///
/// It keeps writers from taking turns: one that has lost it sends nothing more, and one that could
/// not renew it for as long waits until it can. That none breaks into the commit of another, not
/// even before it knows, is what the conditions of [CommitRecord]s and [RemovalMarks] are for.
public final class ClusterLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterLease.class);
  private static final String NAME = "~lease";

  /// Clocks of machines differ by less.
  private static final Duration RECENT = Duration.ofSeconds(60);

  private static final ObjectMapper JSON = new ObjectMapper();

  /// How often it is renewed, looked at and lost.
  ///
  /// @param renewedEvery how often who has it renews it
  /// @param askedEvery how often who waits looks
  /// @param promptMax what a look may take, as a renewal may: more is an outage, in which nobody
  ///   could renew it
  /// @param lostAfter how long it must be seen unchanged, and how long it holds
  record Times(Duration renewedEvery, Duration askedEvery, Duration promptMax, Duration lostAfter) {
    static final Times STANDARD =
        new Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20));
  }

  private final OpenSearchClient client;
  private final StoredRecords records;
  private final Times times;
  private final String owner = UUID.randomUUID().toString();
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lease").factory());
  private Optional<StoredRecords.Read> held = Optional.empty();

  /// When the last renewal that was taken was sent.
  private volatile long renewedNanos;

  private volatile Optional<UserError> trouble = Optional.empty();

  private ClusterLease(OpenSearchClient client, StoredRecords records, Times times) {
    this.client = client;
    this.records = records;
    this.times = times;
  }

  /// What a process that waits has seen of the lease. Only time between two prompt looks counts:
  /// while the cluster was away, whoever has the lease could not renew it.
  private static final class Watch {
    private final Times times;
    private Optional<StoredRecords.Read> seen = Optional.empty();
    private long since = System.nanoTime();
    private long last = since;

    Watch(Times times) {
      this.times = times;
    }

    /// Returns whether nobody has it.
    ///
    /// @param now what was read at this moment
    boolean isLost(Optional<StoredRecords.Read> now) {
      long time = System.nanoTime();
      boolean prompt = time - last <= times.askedEvery().plus(times.promptMax()).toNanos();
      last = time;
      if (!prompt || !now.equals(seen)) {
        seen = now;
        since = time;
      }
      return now.isEmpty() || time - since > times.lostAfter().toNanos();
    }

    void reset() {
      since = System.nanoTime();
    }
  }

  /// Waits until no other process has it.
  ///
  /// @param client sends nothing while the lease could not be renewed, and is stopped when it is
  ///   lost
  static ClusterLease take(
      OpenSearchClient client, StoredRecords records, LockWait lockWait, Times times) {
    var lease = new ClusterLease(client, records.ungated(), times);
    String where = client.address().display();
    var watch = new Watch(times);
    long begun = System.nanoTime();
    boolean told = false;
    while (!lease.isTaken(watch)) {
      if (System.nanoTime() - begun > lockWait.limit().toNanos()) {
        throw lease.trouble.orElseGet(() ->
            new UserError(
                UserError.Kind.BUSY,
                "another index worker writes %s: stop it, or wait for it".formatted(where)));
      }
      if (!told) {
        told = true;
        lockWait
            .told()
            .accept(
                "another index worker writes %s, or ended a moment ago: waiting".formatted(where));
      }
      Backoff.sleep(times.askedEvery().toMillis());
    }
    return lease;
  }

  /// Looks whether nobody has it, and takes it then.
  private boolean isTaken(Watch watch) {
    trouble = Optional.empty();
    Optional<StoredRecords.Read> now = records.read(NAME);
    if (now.filter(this::isMine).isPresent()) {
      // The answer to the write was lost.
      start(now);
      return true;
    }
    if (!watch.isLost(now)) {
      return false;
    }
    renewedNanos = System.nanoTime();
    try {
      // A write that is tried again for long would be of what was seen before an outage.
      Optional<StoredRecords.Read> written = records.impatient().write(NAME, value(), now);
      if (written.isPresent()) {
        start(written);
      }
      return written.isPresent();
    } catch (UserError e) {
      if (e.kind() != UserError.Kind.UNAVAILABLE) {
        throw e;
      }
      trouble = Optional.of(e);
      watch.reset();
      return false;
    }
  }

  private ObjectNode value() {
    return JSON.createObjectNode().put("owner", owner).put("renewed", Clock.systemUTC().millis());
  }

  private synchronized void start(Optional<StoredRecords.Read> mine) {
    held = mine;
    client.gate(this::closed);
    long every = times.renewedEvery().toMillis();
    var _ = renewals.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
  }

  /// Returns why nothing may be written now: others may have seen for as long that it was not
  /// renewed.
  private Optional<UserError> closed() {
    return System.nanoTime() - renewedNanos <= times.lostAfter().toNanos()
        ? Optional.empty()
        : trouble.or(() ->
            Optional.of(
                new UserError(
                    UserError.Kind.UNAVAILABLE,
                    "the right to write %s could not be renewed: check that OpenSearch answers"
                        .formatted(client.address().display()))));
  }

  /// Renews it now.
  synchronized void renew() {
    if (held.isEmpty()) {
      return;
    }
    StoredRecords once = records.impatient();
    long sent = System.nanoTime();
    try {
      Optional<StoredRecords.Read> now = once.write(NAME, value(), held);
      if (now.isPresent()) {
        renewedNanos = sent;
        trouble = Optional.empty();
      }
      // The answer to an earlier renewal may have been lost.
      held = now.isPresent() ? now : once.read(NAME).filter(this::isMine);
      if (held.isEmpty()) {
        client.stop(lost());
      }
    } catch (UserError e) {
      trouble = Optional.of(e);
      LOG.info("lease not renewed cause={}", e.toString());
    } catch (RuntimeException e) {
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
    client.gate(Optional::empty);
  }
}
