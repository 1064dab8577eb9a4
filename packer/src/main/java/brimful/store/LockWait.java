package brimful.store;

import java.time.Duration;
import java.util.function.Consumer;

/// How long to wait for what another process holds, and whom to tell.
///
/// @param limit zero for no waiting at all
/// @param told receives one line when the waiting begins
public record LockWait(Duration limit, Consumer<String> told) {
  /// Does not wait.
  public static final LockWait NONE = new LockWait(Duration.ZERO, _ -> {});

  /// Waits for a while silently.
  public static LockWait quiet(Duration limit) {
    return new LockWait(limit, _ -> {});
  }
}
