package brimful.batch;

import java.util.Locale;

/// Why a cell has no answer.
public enum Cause {
  /// Nothing of the unit could be read; nothing was sent.
  UNREADABLE(false),
  /// The host does not take the request, for what it says.
  REFUSED(false),
  /// The prompt is longer than the model takes.
  OVERFLOW(false),
  /// Rate limit or overload, every time it was tried.
  BUSY(false),
  /// The reply was not of the form that was asked for, and neither was its repair. It was paid.
  INVALID(false),
  /// The reply ended at the limit of its tokens. It was paid.
  LENGTH(false),
  /// The provider's filter cut the reply. It was paid.
  FILTERED(false),
  /// The stream broke off.
  CUT_OFF(true),
  /// The call was under way when the program, or the connection, ended.
  LOST(true);

  private final boolean unknown;

  Cause(boolean unknown) {
    this.unknown = unknown;
  }

  /// Returns whether nobody here knows if the call was billed.
  public boolean maybeBilled() {
    return unknown;
  }

  /// Returns it as the table says it.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ') + (unknown ? ", maybe billed" : "");
  }
}
