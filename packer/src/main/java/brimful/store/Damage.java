package brimful.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/// Sets aside what is damaged: it keeps its place beside the new one, under a name that says so.
public final class Damage {
  private static final String MARK = ".damaged-";

  private Damage() {}

  /// Moves a file or folder out of the way.
  ///
  /// @return where it is now: `NAME.damaged-20261127T101112Z`
  public static Path setAside(Path path) throws IOException {
    Path aside = free(path);
    Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
    return aside;
  }

  /// Returns the name that something damaged gets: one that is not taken.
  public static Path free(Path path) {
    String time = Instant.now().toString().replaceAll("[-:]|\\.\\d+", "");
    String name = path.getFileName() + MARK + time;
    Path free = path.resolveSibling(name);
    for (int n = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); n++) {
      free = path.resolveSibling(name + "-" + n);
    }
    return free;
  }

  /// Whether something was set aside, by its name.
  public static boolean isAside(Path path) {
    return path.getFileName().toString().contains(MARK);
  }
}
