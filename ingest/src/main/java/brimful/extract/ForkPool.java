package brimful.extract;

import brimful.source.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// A pool of parser processes: one for each thread that has a document, as far as the [MemoryPlan]
/// permits; started on demand and reused. A thread that finds no room waits for a process to end,
/// and its progress continues meanwhile.
///
/// Safe for many threads.
final class ForkPool implements AutoCloseable {
  private static final long LOOK_MILLIS = 1_000;

  private final Supplier<ForkLimits> limits;

  /// A permit for each live process, idle ones included.
  private final Supplier<Semaphore> room;

  private final Deque<Fork> idle = new ArrayDeque<>();
  private final Set<Fork> all = new HashSet<>();
  private boolean closed;

  /// Creates a pool without a limit.
  ForkPool(ForkLimits limits) {
    this(limits, new Semaphore(Integer.MAX_VALUE));
  }

  /// @param room has a permit for each process that may live
  ForkPool(ForkLimits limits, Semaphore room) {
    this(() -> limits, () -> room);
  }

  private ForkPool(Supplier<ForkLimits> limits, Supplier<Semaphore> room) {
    this.limits = limits;
    this.room = room;
  }

  /// Creates a pool that shares this machine's memory with all others of its kind.
  ///
  /// @param limits with the heap that a process has if the machine has room for it
  static ForkPool ofMachine(ForkLimits limits) {
    // Computed with the first document: most runs have none, and would start later for it.
    return new ForkPool(
        () -> limits.withHeap(Machine.of(limits).plan().forkHeapBytes()),
        () -> Machine.of(limits).room());
  }

  /// The room on this machine, which all pools share whose processes are of one size; a program has
  /// one size.
  private record Machine(MemoryPlan plan, Semaphore room) {
    private static final Map<Long, Machine> BY_HEAP = new ConcurrentHashMap<>();

    static Machine of(ForkLimits limits) {
      return BY_HEAP.computeIfAbsent(
          limits.heapBytes(),
          heap -> {
            MemoryPlan plan = MemoryPlan.ofThisProcess(heap);
            return new Machine(plan, new Semaphore(plan.forks()));
          });
    }
  }

  /// Returns a parser that borrows a process for each document.
  DocumentParser parser(ExtractLimits limits, Rules rules, ParseProgress progress) {
    return (id, bytes, sink) ->
        parse(new ForkProtocol.Request(id, limits, rules), bytes, sink, progress);
  }

  private Ending parse(
      ForkProtocol.Request request, InputStream bytes, TextSink sink, ParseProgress progress)
      throws IOException {
    try {
      Fork fork = take(progress);
      try {
        return fork.parse(request, bytes, sink, progress);
      } finally {
        give(fork);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Ending.failed(FailureKind.INTERRUPTED, "interrupted");
    }
  }

  private Fork take(ParseProgress progress) throws InterruptedException {
    for (long waited = 0; ; waited++) {
      Optional<Fork> known = borrow();
      if (known.isPresent()) {
        return known.get();
      }
      if (room.get().tryAcquire()) {
        return start();
      }
      await();
      progress.beat(waited);
    }
  }

  private synchronized Optional<Fork> borrow() {
    if (closed) {
      throw new NoParserProcess(new IOException("the extractor is closed: make another one"));
    }
    // The most recently used one, whose memory is still warm.
    return Optional.ofNullable(idle.pollLast());
  }

  /// Waits for a returned process, or for a while, because another extractor's may end.
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
      // Whoever removes it releases its permit, so that this happens once.
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

  /// Ends all processes, including those in use.
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
