package brimful.batch;

/// Why no call starts any more; the first reason counts. Safe for many threads.
final class Halt {
  private String reason = "";

  /// @param why in one line, with what to do
  synchronized void because(String why) {
    if (reason.isEmpty()) {
      reason = why;
    }
  }

  synchronized boolean isSet() {
    return !reason.isEmpty();
  }

  /// Returns the reason; empty if there is none.
  synchronized String reason() {
    return reason;
  }
}
