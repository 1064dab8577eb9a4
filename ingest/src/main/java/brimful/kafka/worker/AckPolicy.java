package brimful.kafka.worker;

import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.kafka.Lane;
import brimful.kafka.Publisher;
import brimful.kafka.WaitingClaim;
import brimful.kafka.record.Claim;
import brimful.kafka.record.ClaimCodec;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.Revision;
import brimful.kafka.record.UnreadableRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides how a delivered record is acknowledged.
///
/// | outcome | acknowledgement |
/// |---|---|
/// | a result, stored by the brokers | ACCEPT |
/// | a permanent failure of the item: its result and a dead letter are stored | REJECT |
/// | its source is away, or the file cannot be read at present | the claim is set aside, then ACCEPT |
/// | only a later version can read it | the same |
/// | a defect of ours, a shutdown, brokers that do not store the result | RELEASE |
/// | the same for the fourth time | the claim is resubmitted with its attempts, then ACCEPT |
///
/// Claims of a source that is known to be away are set aside without an attempt, so they hold up no
/// other; a [WaitingRoom] returns them.
///
/// The broker counts every delivery, whatever its end, and drops a record at the tenth. Therefore,
/// at the [#DELIVERIES_MAX]th delivery a claim is resubmitted as a new record that carries its
/// failed attempts by cause. Invariant: no claim is dropped without a dead letter, and no number of
/// restarts or of attempts at a source that is away consumes a file's attempts. Safe for many
/// threads.
public final class AckPolicy implements ShareWorker.RecordHandler {
  private static final Logger LOG = LoggerFactory.getLogger(AckPolicy.class);

  /// Well below the group's limit of 10: the record may move to another worker once more.
  public static final int DELIVERIES_MAX = 4;

  /// A source that can be opened and a moment later cannot, each time, ends here.
  private static final int WAITS_MAX = 10_000;

  private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(1);

  private static final String STAGE = "deliver";

  private final Lane lane;
  private final Handler handler;
  private final Publisher publisher;
  private final SourceTroubles troubles;
  private final OwnPartitions partitions;
  private final WorkerLimits limits;
  private final String worker;
  private final Clock clock;
  private final WorkerCounters counters;

  /// @param lane where the records come from, and where claims are resubmitted
  AckPolicy(
      Lane lane,
      Handler handler,
      Publisher publisher,
      SourceTroubles troubles,
      OwnPartitions partitions,
      WorkerLimits limits,
      String worker,
      Clock clock,
      WorkerCounters counters) {
    this.lane = lane;
    this.handler = handler;
    this.publisher = publisher;
    this.troubles = troubles;
    this.partitions = partitions;
    this.limits = limits;
    this.worker = worker;
    this.clock = clock;
    this.counters = counters;
  }

  @Override
  public void deliver(HeldRecord held) {
    partitions.see(lane, held.message().partition());
    if (held.isTombstone()) {
      held.verdict().complete(AcknowledgeType.ACCEPT);
      return;
    }
    Claim claim;
    try {
      claim = ClaimCodec.read(held.value());
    } catch (UnreadableRecord e) {
      unreadable(held, e);
      return;
    }
    try {
      if (held.deliveries() >= DELIVERIES_MAX) {
        held.end();
        resubmit(held, claim, claim.attempts().lost(held.deliveries() - 1));
      } else {
        handle(held, claim);
      }
    } catch (RuntimeException | Error e) {
      // A defect of ours, or out of memory: another worker gets the claim.
      LOG.error("cannot handle item={} place={}", claim.item(), held.place(), e);
      if (held.end()) {
        held.setTroubled();
        release(held);
      }
    }
  }

  /// Sends the results of a batch, which have waited for each other so that the brokers have less
  /// to do.
  @Override
  public void end() {
    try {
      publisher.flush();
    } catch (CancellationException e) {
      // The worker gave it up or stops, so whatever the brokers have not stored is released.
      LOG.debug("flush interrupted", e);
    }
  }

  private void handle(HeldRecord held, Claim claim) {
    String location = claim.work() instanceof Claim.Work.Read read ? read.location() : "";
    Handler.Handled handled =
        troubles
            .cause(location)
            .<Handler.Handled>map(Handler.Handled.Away::new)
            .orElseGet(() -> timed(held, claim));
    if (!held.end()) {
      return;
    }
    switch (handled) {
      case Handler.Handled.Done(Revision revision, Optional<DeadLetter> letter) ->
          settle(held, claim, revision, letter);
      case Handler.Handled.Away(String cause) -> {
        troubles.begin(location, cause);
        away(held, claim, cause);
      }
      case Handler.Handled.Later(String cause) -> later(held, claim, cause);
      case Handler.Handled.Stopped() -> release(held);
    }
  }

  private Handler.Handled timed(HeldRecord held, Claim claim) {
    long begun = counters.begin();
    try {
      return handler.handle(claim, held);
    } finally {
      counters.end(begun);
    }
  }

  private void settle(
      HeldRecord held, Claim claim, Revision revision, Optional<DeadLetter> letter) {
    if (held.verdict().isDone()) {
      // Another worker has it meanwhile.
      return;
    }
    long begun = System.nanoTime();
    CompletableFuture<Void> _ =
        CompletableFuture.allOf(
                letter.map(publisher::publish).orElse(CompletableFuture.completedFuture(null)),
                publisher.publish(revision))
            .whenComplete((_, failure) -> {
              counters.spent(WorkerCounters.Stage.PUBLISH, begun);
              if (failure == null) {
                letter.ifPresent(one -> counters.failed(one.cause()));
                settled(held, claim, revision, letter.isPresent());
              } else {
                LOG.warn("result not taken item={} cause={}", claim.item(), failure.toString());
                held.setTroubled();
                release(held);
              }
            });
  }

  private void settled(HeldRecord held, Claim claim, Revision revision, boolean failed) {
    if (claim.attempts().isNone() && claim.redrives().isEmpty()) {
      end(held, claim, revision, failed);
      return;
    }
    // In another thread: this is the producer's own, and a send may wait for it.
    CompletableFuture<Void> _ =
        CompletableFuture.runAsync(
                () -> {
                  // If these fail, the claim is delivered again and gives the same result.
                  CompletableFuture<Void> _ =
                      publisher.settle(claim, lane, held.message().partition());
                  if (!failed) {
                    CompletableFuture<Void> _ = publisher.withdraw(claim);
                  }
                })
            .whenComplete((_, _) -> end(held, claim, revision, failed));
  }

  private void end(HeldRecord held, Claim claim, Revision revision, boolean failed) {
    counters.count(revision, claim.attempts(), held.deliveries());
    held.verdict().complete(failed ? AcknowledgeType.REJECT : AcknowledgeType.ACCEPT);
  }

  private void away(HeldRecord held, Claim claim, String cause) {
    Claim.Attempts so = claim.attempts();
    if (so.transients() >= limits.transientsMax() || so.waits() >= WAITS_MAX) {
      unreachable(held, claim, cause);
      return;
    }
    if (so.waits() > 0) {
      held.setMisplaced();
    }
    setAside(held, claim, so.setAside(0), cause, Duration.ZERO);
  }

  private void later(HeldRecord held, Claim claim, String cause) {
    Claim.Attempts so = claim.attempts().setAside(1);
    if (so.transients() > limits.transientsMax()) {
      unreachable(held, claim, cause);
      return;
    }
    LOG.warn("not now item={} cause={}", claim.item(), cause);
    setAside(held, claim, so, cause, retryAfter(so.transients()));
  }

  /// Returns the pause after so many failed attempts at a file: 1 s, then twice as long each time.
  private static Duration retryAfter(int transients) {
    Duration pause = Duration.ofSeconds(1L << Math.min(transients - 1, 10));
    return pause.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : pause;
  }

  private void setAside(
      HeldRecord held, Claim claim, Claim.Attempts attempts, String cause, Duration pause) {
    counters.setAside();
    Instant now = clock.instant();
    var waiting =
        new WaitingClaim(claim.after(attempts), lane, cause, worker, now, now.plus(pause));
    CompletableFuture<Void> _ =
        publisher
            .setAside(waiting)
            .whenComplete((_, failure) -> {
              if (failure == null && !claim.attempts().isNone()) {
                // In another thread, as in settled. If it fails, a record stays that nobody needs.
                CompletableFuture<Void> _ =
                    CompletableFuture.runAsync(
                        () -> publisher.settle(claim, lane, held.message().partition()));
              }
              acceptIfStored(held, failure);
            });
  }

  private static void acceptIfStored(HeldRecord held, @Nullable Throwable failure) {
    if (failure != null) {
      held.setTroubled();
    }
    held.verdict().complete(failure == null ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
  }

  private void unreachable(HeldRecord held, Claim claim, String cause) {
    fail(
        held,
        claim,
        DeadLetter.Cause.UNREACHABLE,
        "%s attempts: %s".formatted(limits.transientsMax(), cause));
  }

  private void resubmit(HeldRecord held, Claim claim, Claim.Attempts attempts) {
    if (attempts.lost() > limits.lostMax()) {
      fail(
          held,
          claim,
          DeadLetter.Cause.LOST,
          "%s deliveries ended without acknowledgement".formatted(attempts.lost()));
      return;
    }
    LOG.info(
        "put back item={} lost={} transients={}",
        claim.item(),
        attempts.lost(),
        attempts.transients());
    CompletableFuture<Void> _ =
        publisher
            .submit(claim.after(attempts), lane)
            .whenComplete((_, failure) -> acceptIfStored(held, failure));
  }

  @Override
  public void giveUp(HeldRecord held, Duration after) {
    if (!held.giveUp()) {
      return;
    }
    Claim claim = ClaimCodec.read(held.value());
    if (claim.work() instanceof Claim.Work.Read read) {
      // A dead mount hangs at each of its files.
      troubles.begin(read.location(), "%s does not respond".formatted(read.location()));
    }
    fail(
        held,
        claim,
        DeadLetter.Cause.STALLED,
        "no progress: given up after %s s".formatted(after.toSeconds()));
  }

  private void fail(HeldRecord held, Claim claim, DeadLetter.Cause cause, String detail) {
    String stamp = claim.work() instanceof Claim.Work.Read read ? read.stamp() : "";
    var item = Item.without(claim.item(), stamp, new Outcome.Failed(detail));
    settle(
        held,
        claim,
        Revision.of(claim, new Revision.Change.Put(item)),
        Optional.of(new DeadLetter(claim, cause, detail, STAGE, "", "", worker, clock.instant())));
  }

  /// Leaves a record of a later version to newer workers, and drops anything else.
  private void unreadable(HeldRecord held, UnreadableRecord e) {
    String cause = String.valueOf(e.getMessage());
    LOG.error("unreadable record place={} cause={}", held.place(), cause);
    if (!e.newer()) {
      held.verdict().complete(AcknowledgeType.REJECT);
      return;
    }
    byte[] value = WaitingClaim.ofLaterVersion(held.value(), lane, cause, worker, clock.instant());
    CompletableFuture<Void> _ =
        publisher
            .setAside(held.message().key(), held.place(), value)
            .whenComplete((_, failure) -> acceptIfStored(held, failure));
  }

  private static void release(HeldRecord held) {
    held.verdict().complete(AcknowledgeType.RELEASE);
  }
}
