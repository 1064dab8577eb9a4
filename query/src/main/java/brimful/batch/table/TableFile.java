package brimful.batch.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import brimful.store.AtomicFile;
import brimful.store.Disk;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/// A table's file, which exists as a whole or not at all.
public final class TableFile {
  private TableFile() {}

  /// Returns the path of a table's ledger; a ledger's own name is returned as it is.
  public static Path ledger(Path table) {
    String name = table.toString();
    return name.endsWith(".ledger") ? table : Path.of(name + ".ledger");
  }

  /// Checks that a table's format is known by its name.
  ///
  /// @throws UserError if it ends neither with .csv nor with .jsonl
  public static Path checked(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.endsWith(".csv") && !lower.endsWith(".jsonl")) {
      throw new UserError(
          UserError.Kind.USAGE, "a table in %s: name a .csv or .jsonl".formatted(name));
    }
    return Path.of(name);
  }

  /// Checks before anything is spent that a table's folder is there, and takes its ledger.
  ///
  /// @throws UserError if not
  public static void requireFolder(Path table) {
    Path folder = table.toAbsolutePath().normalize().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw unwritable(table, "its folder does not exist");
    }
    Path ledger = ledger(table);
    if (!Files.isWritable(Files.exists(ledger) ? ledger : folder)) {
      throw unwritable(table, "there is no permission to");
    }
  }

  private static UserError unwritable(Path file, String reason) {
    return new UserError(
        UserError.Kind.CANNOT_WRITE,
        "cannot write \"%s\", %s: name a file in a folder that exists and is yours"
            .formatted(file, reason));
  }

  /// Writes a table to a draft, and moves it into place.
  public static void write(Table table, Path file) {
    try {
      AtomicFile.overwrite(
          file,
          bytes -> {
            try (var out = new OutputStreamWriter(bytes, UTF_8)) {
              if (file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
                CsvTable.write(table, out);
              } else {
                JsonTable.write(table, out);
              }
            }
          });
    } catch (NoSuchFileException e) {
      throw unwritable(file, "its folder does not exist");
    } catch (IOException e) {
      throw Disk.failure(e, file, "the table", "cannot write %s".formatted(file));
    }
  }
}
