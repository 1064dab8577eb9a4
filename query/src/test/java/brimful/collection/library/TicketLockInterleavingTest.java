package brimful.collection.library;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Jobs of one queue, in every order in which threads can take turns.
public final class TicketLockInterleavingTest {
  private final TicketLock turns = new TicketLock(false);
  private final AtomicInteger inside = new AtomicInteger();
  private int jobs;

  /// Returns how many are at work when a job begins, and how many jobs there were before; the
  /// latter is written without a lock, as an index is.
  @Operation
  public String job() throws InterruptedException {
    TicketLock.Ticket ticket = turns.ticket("any");
    try {
      ticket.await();
      int now = inside.incrementAndGet();
      jobs++;
      String seen = now + " " + jobs;
      inside.decrementAndGet();
      return seen;
    } finally {
      ticket.end();
    }
  }

  /// A job that is given up before its turn.
  @Operation
  public void givenUp() {
    turns.ticket("any").end();
  }

  @Test
  void oneJobIsAtWorkInEveryOrder() {
    check(2, 50);
  }

  @Test
  @Tag("slow")
  void oneJobIsAtWorkInManyMoreOrders() {
    check(50, 5_000);
  }

  private static void check(int scenarios, int orders) {
    new ModelCheckingOptions()
        .iterations(scenarios)
        .invocationsPerIteration(orders)
        .threads(3)
        .actorsPerThread(2)
        .checkObstructionFreedom(false)
        .check(TicketLockInterleavingTest.class);
  }
}
