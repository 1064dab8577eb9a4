package brimful.batch;

import java.util.Locale;

/// How far a server is with a batch, or with reading a whole collection.
public enum RunState {
  RUNNING,
  DONE,
  STOPPED,
  HALTED,
  FAILED;

  /// Returns the word that callers of the server see.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
