package brimful.service;

import brimful.corpus.UserError;
import brimful.model.LocalRunner;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Lets calls to a local runner wait for their turn: as many at once as it has slots, and no more
/// tokens than its context holds, because slots may share one.
///
/// Calls that do not share the context would otherwise end each other. Safe for many threads.
final class RunnerTurns {
  /// Longer than a runner on a processor reads a large window.
  private static final Duration TURN_MAX = Duration.ofMinutes(30);

  private final Map<String, Runner> runners = new ConcurrentHashMap<>();
  private final Duration turnMax;

  RunnerTurns() {
    this(TURN_MAX);
  }

  RunnerTurns(Duration turnMax) {
    this.turnMax = turnMax;
  }

  /// A call's place; closing it gives it to the next.
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  private static final class Runner {
    private int calls;
    private long tokens;
  }

  /// Waits for a place.
  ///
  /// @param tokens of prompt and reply at most
  /// @param window the context of one request
  /// @throws UserError of kind BUSY if none comes in time
  Turn enter(LocalRunner runner, long tokens, int window) throws InterruptedException {
    Runner state = runners.computeIfAbsent(runner.baseUrl(), _ -> new Runner());
    long own = Math.min(tokens, window);
    long end = System.nanoTime() + turnMax.toNanos();
    synchronized (state) {
      while (state.calls > 0
          && (state.calls >= runner.slots() || shares(runner) && state.tokens + own > window)) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new UserError(
              UserError.Kind.BUSY,
              "%s at %s is busy with other questions: try again in a moment"
                  .formatted(runner.kind().display(), runner.baseUrl()));
        }
        state.wait(left);
      }
      state.calls++;
      state.tokens += own;
    }
    return () -> {
      synchronized (state) {
        state.calls--;
        state.tokens -= own;
        state.notifyAll();
      }
    };
  }

  private static boolean shares(LocalRunner runner) {
    return runner.kind() == LocalRunner.Kind.LLAMA_CPP;
  }
}
