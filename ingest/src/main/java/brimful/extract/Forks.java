package brimful.extract;

import brimful.source.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// The processes that parse: one for each thread that has a document at the same time, as far as
/// the [MemoryPlan] has room; started when there is a document for it, and kept for the next. A
/// thread that finds no room waits for one that ends, and its pulse beats meanwhile.
///
/// Safe for many threads.
final class Forks implements AutoCloseable {
  private static final long LOOK_MILLIS = 1_000;

  private final Supplier<ForkLimits> limits;

  /// A permit for each process that lives, also when it is idle.
  private final Supplier<Semaphore> room;

  private final Deque<Fork> idle = new ArrayDeque<>();
  private final Set<Fork> all = new HashSet<>();
  private boolean closed;

  /// Makes processes of which there may be any number.
  Forks(ForkLimits limits) {
    this(limits, new Semaphore(Integer.MAX_VALUE));
  }

  /// @param room has a permit for each process that may live
  Forks(ForkLimits limits, Semaphore room) {
    this(() -> limits, () -> room);
  }

  private Forks(Supplier<ForkLimits> limits, Supplier<Semaphore> room) {
    this.limits = limits;
    this.room = room;
  }

  /// Makes processes that have room in this machine's memory beside all others of the same kind.
  static Forks ofMachine() {
    // Asked for with the first document only: most runs have none, and would start later for it.
    return new Forks(() -> Machine.LIMITS, () -> Machine.ROOM);
  }

  private static final class Machine {
    private static final MemoryPlan PLAN = MemoryPlan.ofThisProcess();
    private static final ForkLimits LIMITS = ForkLimits.standard().withHeap(PLAN.forkHeapBytes());
    private static final Semaphore ROOM = new Semaphore(PLAN.forks());
  }

  /// Returns a parser that borrows a process for each document.
  DocumentParser parser(ExtractLimits limits, Rules rules, Pulse pulse) {
    return (id, bytes) -> parse(new Wire.Request(id, limits, rules), bytes, pulse);
  }

  private Extraction parse(Wire.Request request, InputStream bytes, Pulse pulse)
      throws IOException {
    try {
      Fork fork = take(pulse);
      try {
        return fork.parse(request, bytes, pulse);
      } finally {
        give(fork);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Extraction.failed(Breakdown.INTERRUPTED, "interrupted");
    }
  }

  private Fork take(Pulse pulse) throws InterruptedException {
    for (long waited = 0; ; waited++) {
      Optional<Fork> known = borrow();
      if (known.isPresent()) {
        return known.get();
      }
      if (room.get().tryAcquire()) {
        return start();
      }
      await();
      pulse.beat(waited);
    }
  }

  private synchronized Optional<Fork> borrow() {
    if (closed) {
      throw new NoParserProcess(new IOException("the extractor is closed: make another one"));
    }
    // The last one used, whose memory is still warm.
    return Optional.ofNullable(idle.pollLast());
  }

  /// Waits for one that is given back, or a while, for another extractor's may end.
  private synchronized void await() throws InterruptedException {
    if (idle.isEmpty() && !closed) {
      wait(LOOK_MILLIS);
    }
  }

  private Fork start() throws InterruptedException {
    boolean started = false;
    try {
      Fork fork = Fork.start(limits.get());
      started = true;
      boolean late;
      synchronized (this) {
        all.add(fork);
        late = closed;
      }
      if (late) {
        end(fork);
      }
      return fork;
    } finally {
      if (!started) {
        room.get().release();
      }
    }
  }

  private void give(Fork fork) {
    synchronized (this) {
      if (fork.isFit() && !closed) {
        idle.addLast(fork);
        notifyAll();
        return;
      }
    }
    end(fork);
  }

  private void end(Fork fork) {
    fork.close();
    synchronized (this) {
      // Whoever takes it out gives its room back, so that nobody does so twice.
      if (all.remove(fork)) {
        room.get().release();
      }
      notifyAll();
    }
  }

  /// Returns how many processes live.
  synchronized int living() {
    return all.size();
  }

  /// Ends all processes, also those in use.
  @Override
  public void close() {
    Set<Fork> running;
    synchronized (this) {
      closed = true;
      running = Set.copyOf(all);
      idle.clear();
      notifyAll();
    }
    running.forEach(this::end);
  }
}
