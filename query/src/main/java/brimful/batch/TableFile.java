package brimful.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import brimful.store.AtomicFile;
import brimful.store.Disk;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.Locale;

/// A table's file, which is there as a whole or not at all.
public final class TableFile {
  private TableFile() {}

  /// Returns where the ledger of a table is kept; a ledger's own name leads to itself.
  public static Path ledger(Path table) {
    String name = table.toString();
    return name.endsWith(".ledger") ? table : Path.of(name + ".ledger");
  }

  /// Checks that a table can be written as its name says.
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

  /// Writes a table beside its place, and moves it there.
  public static void write(Table table, Path file) {
    try {
      AtomicFile.publish(
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
