package brimful.http.key;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A right beyond asking. Every key may search, pack, read and ask.
public enum Right {
  /// To change things: collections, their sources and uploads, jobs and batches.
  MANAGE,
  /// To see what concerns the operator: metrics, and the server's folders and paths.
  OPERATE;

  public String display() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Right> named(String name) {
    return Arrays.stream(values()).filter(right -> right.display().equals(name)).findFirst();
  }
}
