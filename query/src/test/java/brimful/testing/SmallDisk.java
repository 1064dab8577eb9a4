package brimful.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/// A file system of 40 MB in memory, mounted at a folder; where mounting is not permitted, the test
/// is skipped with a line that begins with NO TMPFS.
public final class SmallDisk implements AutoCloseable {
  private static final int MEGABYTES = 40;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /// Mounts it at a folder, which is made.
  public static SmallDisk at(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean mounted =
        ran("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", folder.toString());
    if (!mounted) {
      System.err.println("NO TMPFS: cannot mount one, so full disks are not tested");
    }
    Assumptions.assumeTrue(mounted, "cannot mount a tmpfs");
    return new SmallDisk(folder);
  }

  private static boolean ran(String... command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Leaves so much room, and no more.
  public void leave(int kilobytes) {
    Path ballast = folder.resolve("ballast");
    try {
      Files.deleteIfExists(ballast);
      long room = Files.getFileStore(folder).getUsableSpace() - (kilobytes << 10);
      if (room > 0) {
        Files.write(ballast, new byte[(int) room]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes all the room there can be.
  public void free() {
    leave(MEGABYTES << 10);
  }

  /// Fills a folder, elsewhere, with text that an index cannot hold in less.
  public static void corpus(Path folder, int kilobytes) throws IOException {
    Files.createDirectories(folder);
    var random = new Random(kilobytes);
    for (int file = 0; file < kilobytes / 64; file++) {
      var text = new StringBuilder();
      while (text.length() < 64 << 10) {
        text.append(Long.toString(random.nextLong(), 36))
            .append(random.nextInt(8) == 0 ? '\n' : ' ');
      }
      Files.writeString(folder.resolve(file + ".txt"), text);
    }
  }

  @Override
  public void close() {
    if (!ran("umount", folder.toString())) {
      boolean _ = ran("umount", "-l", folder.toString());
    }
  }
}
