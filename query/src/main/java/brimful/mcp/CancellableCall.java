package brimful.mcp;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/// A call that its client may cancel before it begins, while it runs, or when it is done.
///
/// The transport makes it and puts it into the context of the request as [#KEY]; whatever thread
/// runs the tool then runs it in here. Safe for many threads.
final class CancellableCall {
  /// Where the transport's context has it.
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
      // The thread is a pool's, and its next call is not to be interrupted.
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
