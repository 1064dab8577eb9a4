package brimful.batch.table;

import java.util.Locale;

/// Why a cell has no answer.
public enum Cause {
  /// Nothing of the unit could be read, so nothing was sent.
  UNREADABLE(false),
  /// The provider rejected the request for its content.
  REFUSED(false),
  /// The prompt exceeds the model's limit.
  OVERFLOW(false),
  /// Rate limit or overload at every attempt.
  BUSY(false),
  /// The reply had the wrong format, and so had its repair. It was paid.
  INVALID(false),
  /// The reply reached its token limit. It was paid.
  LENGTH(false),
  /// The provider's filter cut the reply. It was paid.
  FILTERED(false),
  /// The stream was interrupted.
  CUT_OFF(true),
  /// The call was in flight when the program, or the connection, ended.
  LOST(true);

  private final boolean unknown;

  Cause(boolean unknown) {
    this.unknown = unknown;
  }

  /// Returns whether it is unknown if the call was billed.
  public boolean maybeBilled() {
    return unknown;
  }

  /// Returns it as the table says it.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ') + (unknown ? ", maybe billed" : "");
  }
}
