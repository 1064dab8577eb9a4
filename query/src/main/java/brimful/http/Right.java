package brimful.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a key may do beside asking, which every key may: to search, pack, read and ask.
public enum Right {
  /// Changes what there is: collections, their sources and uploads, jobs and batches.
  MANAGE,
  /// Sees what is the operator's: metrics, the server's folders and paths.
  OPERATE;

  String display() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Right> named(String name) {
    return Arrays.stream(values()).filter(right -> right.display().equals(name)).findFirst();
  }
}
