package brimful.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/// Moves damaged files aside, to a name that says so, beside their replacement.
public final class Damage {
  private static final String MARK = ".damaged-";

  private Damage() {}

  /// Moves a file or folder out of the way.
  ///
  /// @return the new path: `NAME.damaged-20261127T101112Z`
  public static Path setAside(Path path) throws IOException {
    Path aside = free(path);
    Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
    return aside;
  }

  /// Returns an unused name for something damaged.
  public static Path free(Path path) {
    String time = Instant.now().toString().replaceAll("[-:]|\\.\\d+", "");
    String name = path.getFileName() + MARK + time;
    Path free = path.resolveSibling(name);
    for (int n = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); n++) {
      free = path.resolveSibling(name + "-" + n);
    }
    return free;
  }

  /// Returns whether a name belongs to something that was moved aside.
  public static boolean isAside(Path path) {
    return path.getFileName().toString().contains(MARK);
  }
}
