package brimful.queue;

import brimful.corpus.Item;
import brimful.corpus.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done with a delivered record, from its bytes to its verdict.
///
/// | what happens | verdict |
/// |---|---|
/// | a result, safe with the brokers | ACCEPT |
/// | a failure that is the item's own: its result and a dead letter are safe | REJECT |
/// | trouble that passes, a shutdown, brokers that do not take the result | RELEASE |
/// | the same for the fourth time | the claim is submitted again with its ledger, then ACCEPT |
///
/// The broker counts deliveries whatever their end, and drops a record at the tenth. So a claim
/// that comes for the [#DELIVERIES_MAX]th time is put back as a new record that carries the counts
/// in its own ledger: nothing is ever dropped without a dead letter, and no number of restarts
/// burns a file's chances. Safe for many threads.
final class Deliveries implements Slot.Duty {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  /// Well below the group's limit of 10: the record may change hands again before it is put back.
  static final int DELIVERIES_MAX = 4;

  private static final String STAGE = "deliver";

  private final Lane lane;
  private final Handler handler;
  private final Publisher publisher;
  private final WorkerLimits limits;
  private final String worker;
  private final Clock clock;
  private final Counters counters;

  /// @param lane where the records come from, and go back to
  Deliveries(
      Lane lane,
      Handler handler,
      Publisher publisher,
      WorkerLimits limits,
      String worker,
      Clock clock,
      Counters counters) {
    this.lane = lane;
    this.handler = handler;
    this.publisher = publisher;
    this.limits = limits;
    this.worker = worker;
    this.clock = clock;
    this.counters = counters;
  }

  @Override
  public void deliver(Held held) {
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
        Claim.Attempts so = claim.attempts();
        held.end();
        putBack(
            held, claim, new Claim.Attempts(so.lost() + held.deliveries() - 1, so.transients()));
      } else {
        handle(held, claim);
      }
    } catch (RuntimeException | Error e) {
      // Ours to mend, or no memory: the claim goes to others, and comes back here or to them.
      LOG.error("cannot handle item={} place={}", claim.item(), held.place(), e);
      if (held.end()) {
        held.setTroubled();
        release(held);
      }
    }
  }

  private void handle(Held held, Claim claim) {
    Handler.Handled handled = handler.handle(claim, () -> held.move(System.nanoTime()));
    if (!held.end()) {
      return;
    }
    switch (handled) {
      case Handler.Handled.Done(Revision revision, Optional<Letter> letter) ->
          settle(held, claim, revision, letter);
      case Handler.Handled.Later(String cause) -> later(held, claim, cause);
      case Handler.Handled.Stopped() -> release(held);
    }
  }

  private void settle(Held held, Claim claim, Revision revision, Optional<Letter> letter) {
    if (held.verdict().isDone()) {
      // Given to others meanwhile.
      return;
    }
    CompletableFuture<Void> _ =
        CompletableFuture.allOf(
                letter.map(publisher::publish).orElse(CompletableFuture.completedFuture(null)),
                publisher.publish(revision))
            .whenComplete((_, failure) -> {
              if (failure == null) {
                settled(held, claim, revision, letter.isPresent());
              } else {
                LOG.warn("result not taken item={} cause={}", claim.item(), failure.toString());
                held.setTroubled();
                release(held);
              }
            });
  }

  private void settled(Held held, Claim claim, Revision revision, boolean failed) {
    if (claim.attempts().total() == 0 && claim.redrives().isEmpty()) {
      end(held, claim, revision, failed);
      return;
    }
    // Elsewhere: this is the producer's own thread, and a send may wait for news from it.
    CompletableFuture<Void> _ =
        CompletableFuture.runAsync(
                () -> {
                  // Should these fail, the claim comes once more and gives the same.
                  CompletableFuture<Void> _ = publisher.settle(claim, lane);
                  if (!failed) {
                    CompletableFuture<Void> _ = publisher.withdraw(claim);
                  }
                })
            .whenComplete((_, _) -> end(held, claim, revision, failed));
  }

  private void end(Held held, Claim claim, Revision revision, boolean failed) {
    counters.count(revision, claim.attempts(), held.deliveries());
    held.verdict().complete(failed ? AcknowledgeType.REJECT : AcknowledgeType.ACCEPT);
  }

  private void later(Held held, Claim claim, String cause) {
    LOG.warn("not now item={} cause={}", claim.item(), cause);
    held.setTroubled();
    Claim.Attempts so = claim.attempts();
    if (held.deliveries() < DELIVERIES_MAX - 1) {
      release(held);
    } else if (so.transients() + held.deliveries() <= limits.transientsMax()) {
      putBack(held, claim, new Claim.Attempts(so.lost(), so.transients() + held.deliveries()));
    } else {
      fail(
          held,
          claim,
          Letter.Cause.UNREACHABLE,
          "%s attempts: %s".formatted(limits.transientsMax(), cause));
    }
  }

  private void putBack(Held held, Claim claim, Claim.Attempts attempts) {
    if (attempts.lost() > limits.lostMax()) {
      fail(
          held,
          claim,
          Letter.Cause.LOST,
          "%s deliveries ended without a word".formatted(attempts.lost()));
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
            .whenComplete((_, failure) ->
                held.verdict()
                    .complete(failure == null ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE));
  }

  @Override
  public void giveUp(Held held, Duration after) {
    if (!held.giveUp()) {
      return;
    }
    Claim claim = ClaimCodec.read(held.value());
    fail(
        held,
        claim,
        Letter.Cause.STALLED,
        "no progress, given up after %s s".formatted(after.toSeconds()));
  }

  private void fail(Held held, Claim claim, Letter.Cause cause, String detail) {
    long bytes = claim.work() instanceof Claim.Work.Read read ? read.bytes() : 0;
    String stamp = claim.work() instanceof Claim.Work.Read read ? read.stamp() : "";
    var item = Item.without(claim.item(), stamp, new Outcome.Failed(detail));
    settle(
        held,
        claim,
        new Revision(
            claim.collection(), claim.job(), claim.version(), bytes, new Revision.Change.Put(item)),
        Optional.of(new Letter(claim, cause, detail, STAGE, "", "", worker, clock.instant())));
  }

  /// Leaves a record of a later version to later workers; what is no record at all is dropped.
  private void unreadable(Held held, UnreadableRecord e) {
    LOG.error("unreadable record place={} cause={}", held.place(), e.getMessage());
    held.setTroubled();
    held.verdict().complete(e.newer() ? AcknowledgeType.RELEASE : AcknowledgeType.REJECT);
  }

  private static void release(Held held) {
    held.verdict().complete(AcknowledgeType.RELEASE);
  }
}
