package brimful.index;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;

/// Distinguishes damaged index files from other errors.
final class CorruptionCheck {
  private static final int CAUSES_MAX = 20;

  private CorruptionCheck() {}

  /// Returns whether Lucene or a record reports that the files were changed.
  static boolean isDamage(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      switch (cause) {
        case CorruptIndexException _,
            IndexFormatTooNewException _,
            IndexFormatTooOldException _,
            EOFException _,
            FileNotFoundException _,
            NoSuchFileException _ -> {
          return true;
        }
        default -> cause = cause.getCause();
      }
    }
    return false;
  }

  /// Returns whether opening an index failed because of its files. Lucene decodes before it
  /// verifies the checksums of large files, so damage shows as any exception of a decoder.
  static boolean isDamageAtOpening(Exception e) {
    return e instanceof RuntimeException || isDamage(e);
  }

  /// Returns whether reading an open index failed because of its files: an exception that could be
  /// a bug counts as one, unless the checksums say otherwise.
  static boolean isDamageAtReading(IndexReader reader, Exception e) {
    return isDamage(e) || e instanceof RuntimeException && !isIntact(reader);
  }

  /// Verifies the checksums of all files, which reads the whole index.
  private static boolean isIntact(IndexReader reader) {
    try {
      for (LeafReaderContext leaf : reader.leaves()) {
        leaf.reader().checkIntegrity();
      }
      return true;
    } catch (IOException e) {
      return !isDamage(e);
    }
  }

  /// Returns the reason in one line.
  static String reason(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
