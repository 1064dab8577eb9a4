package brimful.index;

import brimful.corpus.UserError;

/// Why an index cannot be read now, for whoever asks.
final class IndexErrors {
  private IndexErrors() {}

  static UserError damaged(String reason, Throwable cause) {
    return new UserError(
        UserError.Kind.BUSY,
        "the index is damaged (%s) and being rebuilt: ask again later".formatted(reason),
        cause);
  }

  /// Whoever deletes a collection does not wait for those who are about to read it.
  static UserError closed() {
    return new UserError(
        UserError.Kind.BUSY,
        "the index is closed, since its collection is deleted or the program ends: try again");
  }
}
