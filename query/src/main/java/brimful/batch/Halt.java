package brimful.batch;

/// Why no call starts any more; the first reason counts. Safe for many threads.
final class Halt {
  /// A host that takes none of so many requests in a row will not take the next one either.
  private static final int REFUSED_IN_A_ROW_MAX = 10;

  private String reason = "";
  private int refusedInARow;

  /// @param why in one line, with what to do
  synchronized void because(String why) {
    if (reason.isEmpty()) {
      reason = why;
    }
  }

  /// A request was not taken for what it says.
  synchronized void refused(String why) {
    refusedInARow++;
    if (refusedInARow >= REFUSED_IN_A_ROW_MAX) {
      because("%s requests in a row were refused, at last: %s".formatted(refusedInARow, why));
    }
  }

  /// A request was answered.
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
