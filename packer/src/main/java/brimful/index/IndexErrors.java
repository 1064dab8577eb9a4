package brimful.index;

import brimful.corpus.UserError;
import brimful.store.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/// Why an index cannot be read or written now, for whoever asks.
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

  static UserError busy(LockObtainFailedException e) {
    return new UserError(
        UserError.Kind.BUSY,
        "another Brimful, of an older version, is writing this index: wait for it to end",
        e);
  }

  /// Says what to throw when a snapshot cannot be read; damage is remembered, so that the next one
  /// who opens the index builds it anew.
  static RuntimeException unreadable(IndexFolder folder, IndexReader reader, Exception e) {
    if (CorruptionCheck.isDamageAtReading(reader, e)) {
      folder.markDamaged(CorruptionCheck.reason(e));
      return damaged(CorruptionCheck.reason(e), e);
    }
    return switch (e) {
      case AlreadyClosedException _ -> closed();
      case RuntimeException own -> own;
      case IOException io -> new UncheckedIOException(io);
      default -> new IllegalStateException(e);
    };
  }

  /// Says what to throw when an index cannot be written; damage is remembered, too.
  static RuntimeException unwritable(
      IndexFolder folder, @Nullable IndexWriter writer, Exception e) {
    Throwable cause = e;
    if (writer != null && writer.getTragicException() != null) {
      cause = writer.getTragicException();
    }
    if (CorruptionCheck.isDamage(cause)) {
      folder.markDamaged(String.valueOf(cause.getMessage()));
    }
    return Disk.failure(
        cause instanceof Exception known ? known : e,
        folder.path(),
        "the index",
        "the index in %s cannot be written".formatted(folder.path()));
  }
}
