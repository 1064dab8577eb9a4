package brimful.batch;

/// The reason why no further call starts; the first reason counts. Safe for many threads.
final class StopSignal {
  /// A provider that rejects this many requests in a row will reject the next one as well.
  private static final int REFUSED_IN_A_ROW_MAX = 10;

  private String reason = "";
  private int refusedInARow;

  /// @param why one line, with what to do
  synchronized void because(String why) {
    if (reason.isEmpty()) {
      reason = why;
    }
  }

  /// Records a rejected request.
  synchronized void refused(String why) {
    refusedInARow++;
    if (refusedInARow >= REFUSED_IN_A_ROW_MAX) {
      because("%s requests in a row were refused, at last: %s".formatted(refusedInARow, why));
    }
  }

  /// Records an answered request.
  synchronized void answered() {
    refusedInARow = 0;
  }

  synchronized boolean isSet() {
    return !reason.isEmpty();
  }

  /// Returns the reason; empty if there is none.
  synchronized String reason() {
    return reason;
  }
}
