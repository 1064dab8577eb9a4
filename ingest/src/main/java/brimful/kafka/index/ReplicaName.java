package brimful.kafka.index;

import brimful.store.AtomicFile;
import brimful.store.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/// The name of a folder's replica: random, made once, and kept in the folder's file `group`. So
/// each folder has a consumer group of its own, and reads every partition.
public final class ReplicaName {
  private static final String FILE = "group";
  private static final int DIGITS = 8;
  private static final Pattern NAME = Pattern.compile("index-[0-9a-f]{" + DIGITS + "}");

  private ReplicaName() {}

  /// Returns the folder's name; gives it one if it has none.
  public static String of(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (Files.exists(file)) {
        String name = Files.readString(file).strip();
        if (NAME.matcher(name).matches()) {
          return name;
        }
      }
      String name = "index-" + UUID.randomUUID().toString().substring(0, DIGITS);
      AtomicFile.write(file, (name + "\n").getBytes(StandardCharsets.UTF_8));
      return name;
    } catch (IOException e) {
      throw Disk.failure(
          e,
          file,
          "the name of the index folder",
          "cannot write %s: check its folder".formatted(file));
    }
  }

  /// Gives another folder the same name, because it takes this one's place.
  static void copy(Path from, Path to) {
    try {
      AtomicFile.write(to.resolve(FILE), (of(from) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Disk.failure(
          e,
          to,
          "the name of the index folder",
          "cannot write to %s: check its folder".formatted(to));
    }
  }
}
