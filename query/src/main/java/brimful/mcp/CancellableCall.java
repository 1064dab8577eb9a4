package brimful.mcp;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/// A call that its client may cancel before it begins, while it runs, or when it is done.
///
/// The transport creates it and puts it into the request's context as [#KEY]. The thread that runs
/// the tool, whichever it is, does so in [#run]. Safe for many threads.
final class CancellableCall {
  /// Its key in the transport's context.
  static final String KEY = "brimful.call";

  private Optional<Thread> worker = Optional.empty();
  private boolean cancelled;

  /// Does the work of the call in this thread, which a cancellation interrupts.
  ///
  /// @throws CancellationException if the call was cancelled before
  <T> T run(Supplier<T> work) {
    begin();
    try {
      return work.get();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    if (cancelled) {
      throw new CancellationException("the client cancelled this call");
    }
    worker = Optional.of(Thread.currentThread());
  }

  private synchronized void end() {
    worker = Optional.empty();
    if (cancelled) {
      // The thread belongs to a pool, and its next call must not be interrupted.
      boolean _ = Thread.interrupted();
    }
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized void cancel() {
    cancelled = true;
    worker.ifPresent(Thread::interrupt);
  }
}
