package brimful.kafka.worker;

import brimful.corpus.UserError;
import brimful.kafka.Cluster;
import brimful.kafka.Publisher;
import brimful.kafka.WaitingClaim;
import brimful.kafka.WaitingList;
import brimful.kafka.record.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Returns claims that were set aside to their lanes as soon as this worker can open their source.
///
/// Each worker follows `brimful.jobs.waiting` in a thread of its own and tries each source that
/// claims wait for at that source's pace, so one that is away costs nothing but the attempts, and
/// any worker that sees it returns the claims that another one set aside. Two workers that return
/// the same claim at the same moment do double work and no harm: a random pause makes that rare.
///
/// A claim is stored in its lane before its record here is deleted, so a kill loses none. After
/// [#WAIT_MAX] it returns in any case, to end as a dead letter.
final class WaitingRoom implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);

  static final Duration WAIT_MAX = Duration.ofDays(7);

  private static final long LOOK_EVERY_MILLIS = 500;

  /// Returned in one step, before looking what others have returned.
  private static final int RETURNED_MAX = 1_000;

  /// An attempt at a dead mount may hang for as long as the mount is dead.
  private static final int ATTEMPTS_MAX = 32;

  private static final Duration CLOSE_TIME = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final Publisher publisher;
  private final Handler handler;
  private final SourceTroubles troubles;
  private final OwnPartitions partitions;
  private final WorkerLimits limits;
  private final Clock clock;
  private final Set<String> attempted = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean stopping;

  WaitingRoom(
      Cluster cluster,
      Publisher publisher,
      Handler handler,
      SourceTroubles troubles,
      OwnPartitions partitions,
      WorkerLimits limits,
      Clock clock) {
    this.cluster = cluster;
    this.publisher = publisher;
    this.handler = handler;
    this.troubles = troubles;
    this.partitions = partitions;
    this.limits = limits;
    this.clock = clock;
    thread = Thread.ofPlatform().daemon().name("waiting").start(this::run);
  }

  private void run() {
    while (!stopping) {
      try (var list = new WaitingList(cluster)) {
        while (!stopping) {
          look(list, await());
        }
      } catch (UserError | KafkaException | CompletionException e) {
        // What waits is in the topic.
        LOG.warn("cannot follow what waits cause={}", e.toString());
        pause();
      } catch (CancellationException e) {
        return;
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    } catch (InterruptedException e) {
      stopping = true;
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for the next look, or for a source that could be opened.
  private @Nullable String await() {
    try {
      long millis = ThreadLocalRandom.current().nextLong(LOOK_EVERY_MILLIS / 2, LOOK_EVERY_MILLIS);
      return opened.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted while claims wait");
    }
  }

  private void look(WaitingList list, @Nullable String open) {
    Map<String, List<WaitingList.Entry>> due = new LinkedHashMap<>();
    List<WaitingList.Entry> expired = new ArrayList<>();
    Collection<WaitingList.Entry> entries = list.refresh().values();
    Instant now = clock.instant();
    for (WaitingList.Entry entry : entries) {
      if (entry.since().plus(WAIT_MAX).isBefore(now)) {
        expired.add(entry);
      } else if (!entry.notBefore().isAfter(now)) {
        due.computeIfAbsent(entry.location(), _ -> new ArrayList<>()).add(entry);
      }
    }
    troubles.forgetOthers(due.keySet());
    if (!expired.isEmpty()) {
      giveBack(list, expired, limits.transientsMax());
    } else if (open != null && due.containsKey(open)) {
      List<WaitingList.Entry> ready = due.get(open);
      giveBack(list, ready, 0);
      if (ready.size() > RETURNED_MAX) {
        opened.add(open);
      }
    }
    for (String location : due.keySet()) {
      if (!location.equals(open) && troubles.isDue(location) && attempted.size() < ATTEMPTS_MAX) {
        attempt(location);
      }
    }
  }

  /// Tries to open a source, in a thread of its own, unless such a thread exists.
  private void attempt(String location) {
    if (!attempted.add(location)) {
      return;
    }
    Thread _ =
        Thread.ofPlatform()
            .daemon()
            .name("source")
            .start(() -> {
              try {
                Optional<String> cause = handler.trouble(location);
                if (cause.isPresent()) {
                  troubles.prolong(location, cause.get());
                } else {
                  troubles.end(location);
                  opened.add(location);
                }
              } finally {
                attempted.remove(location);
              }
            });
  }

  /// @param failed how many attempts to add, so that the next trouble is the last
  private void giveBack(WaitingList list, List<WaitingList.Entry> entries, int failed) {
    Map<String, WaitingClaim> claims =
        list.claims(entries.subList(0, Math.min(RETURNED_MAX, entries.size())));
    CompletableFuture<Void> returned =
        Publisher.all(
            claims.values().stream()
                .map(waiting ->
                    publisher.giveBack(
                        returned(waiting, failed),
                        waiting.lane(),
                        partitions.any(waiting.lane()))));
    publisher.flush();
    returned.join();
    CompletableFuture<Void> ended = Publisher.all(claims.keySet().stream().map(publisher::endWait));
    publisher.flush();
    ended.join();
    LOG.info("claims returned count={}", claims.size());
  }

  private static Claim returned(WaitingClaim waiting, int failed) {
    Claim.Attempts so = waiting.claim().attempts();
    return waiting
        .claim()
        .after(new Claim.Attempts(so.lost(), so.transients() + failed, Math.max(1, so.waits())));
  }

  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
