package brimful.source.copy;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.ProgressMonitor;

/// What watches the fetches of a thread: it hears that they go on, and bounds their time.
///
/// Bound to a thread because a source also fetches while it is read, where a file lies in a
/// submodule.
///
/// @param limit how long one fetch may take altogether
/// @param moved called while data comes or another process is fetching, a few times a second
/// @param cancelled returns whether the fetch is to end; an interrupt ends it, too
public record FetchWatch(Duration limit, Runnable moved, BooleanSupplier cancelled) {
  /// Enough for the largest repositories over slow lines. A fetch whose other side is silent ends
  /// after a minute.
  public static final Duration LIMIT = Duration.ofHours(2);

  private static final FetchWatch NONE = new FetchWatch(LIMIT, () -> {}, () -> false);

  private static final ScopedValue<FetchWatch> PRESENT = ScopedValue.newInstance();

  /// Returns a watch that hears that fetches go on.
  public static FetchWatch hearing(Runnable moved) {
    return new FetchWatch(LIMIT, moved, () -> false);
  }

  /// Returns a watch that can end fetches.
  public static FetchWatch ending(BooleanSupplier cancelled) {
    return new FetchWatch(LIMIT, () -> {}, cancelled);
  }

  /// Does something that may fetch, with this watch.
  public <T> T during(Supplier<T> work) {
    return ScopedValue.where(PRESENT, this).call(work::get);
  }

  /// Returns the watch of this thread.
  public static FetchWatch present() {
    return PRESENT.orElse(NONE);
  }

  /// Begins to watch a fetch of this thread.
  public Monitor monitor() {
    return new Monitor(this);
  }

  /// Tells the watch that a fetch goes on, and ends it when its time is over or its thread is
  /// interrupted. JGit calls it from several threads.
  public static final class Monitor implements ProgressMonitor {
    private static final long TELL_EVERY_NANOS = Duration.ofMillis(250).toNanos();

    private final FetchWatch watch;
    private final Thread fetching = Thread.currentThread();
    private final long started = System.nanoTime();
    private long told = started - TELL_EVERY_NANOS;
    private volatile boolean overdue;

    private Monitor(FetchWatch watch) {
      this.watch = watch;
    }

    /// Returns whether the fetch was ended because its time is over.
    public boolean isOverdue() {
      return overdue;
    }

    /// Returns whether the fetch was cancelled or interrupted.
    public boolean isStopped() {
      return fetching.isInterrupted() || watch.cancelled().getAsBoolean();
    }

    @Override
    public boolean isCancelled() {
      overdue |= System.nanoTime() - started > watch.limit().toNanos();
      return overdue || isStopped();
    }

    private void move() {
      synchronized (this) {
        long now = System.nanoTime();
        if (now - told < TELL_EVERY_NANOS) {
          return;
        }
        told = now;
      }
      watch.moved().run();
    }

    @Override
    public void start(int totalTasks) {
      move();
    }

    @Override
    public void beginTask(String title, int totalWork) {
      move();
    }

    @Override
    public void update(int completed) {
      move();
    }

    @Override
    public void endTask() {
      move();
    }

    @Override
    public void showDuration(boolean enabled) {}
  }
}
