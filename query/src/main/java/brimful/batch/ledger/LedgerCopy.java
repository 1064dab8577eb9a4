package brimful.batch.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;

/// Copies of ledgers' files, which others may be writing.
final class LedgerCopy {
  private LedgerCopy() {}

  /// Copies a ledger's file, and returns the copy's path; there is no file at it if the ledger has
  /// none.
  static Path make(Path file) {
    try {
      Path copy = Files.createTempFile("brimful-ledger", ".copy");
      Files.delete(copy);
      if (Files.exists(file)) {
        copied(file, copy);
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copied(Path file, Path copy) throws IOException {
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a ledger.
  ///
  /// @param atRest whether nobody was writing meanwhile
  static <T> T read(Path file, boolean atRest, Function<LedgerStore, T> reading) {
    Path copy = make(file);
    try (LedgerStore store = new LedgerStore(LedgerFile.openCopy(copy, file, atRest))) {
      return reading.apply(store);
    } finally {
      delete(copy);
    }
  }
}
