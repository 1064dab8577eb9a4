package brimful.index;

import java.util.concurrent.Semaphore;

/// Keeps commits out while items are between their first and their last part, so that no half of
/// one is ever committed. Safe for many threads.
final class CommitGate {
  private static final int ITEMS_MAX = Integer.MAX_VALUE;

  /// Fair, so that new items cannot hold up a commit forever.
  private final Semaphore free = new Semaphore(ITEMS_MAX, true);

  /// An item begins; waits for the end of a commit.
  void enter() {
    free.acquireUninterruptibly();
  }

  /// An item has ended.
  void leave() {
    free.release();
  }

  /// Commits once all items have ended that have begun.
  void pass(Runnable commit) {
    free.acquireUninterruptibly(ITEMS_MAX);
    run(commit);
  }

  /// Commits if no item has begun that has not ended.
  ///
  /// @return whether it did
  boolean tryPass(Runnable commit) {
    boolean passed = free.tryAcquire(ITEMS_MAX);
    if (passed) {
      run(commit);
    }
    return passed;
  }

  private void run(Runnable commit) {
    try {
      commit.run();
    } finally {
      free.release(ITEMS_MAX);
    }
  }
}
