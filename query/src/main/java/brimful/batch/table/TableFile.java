package brimful.batch.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import brimful.store.AtomicFile;
import brimful.store.Disk;
import java.io.IOException;
import java.io.OutputStreamWriter;
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
    } catch (IOException e) {
      throw Disk.failure(e, file, "the table", "cannot write %s".formatted(file));
    }
  }
}
