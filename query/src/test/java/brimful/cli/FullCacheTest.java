package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line on a full disk.
final class FullCacheTest {
  @TempDir Path folder;

  @Test
  void endsWithOneLineAndWorksWhenThereIsRoomAgain() throws IOException {
    Path corpus = folder.resolve("corpus");
    SmallDisk.corpus(corpus, 2 << 10);
    try (SmallDisk disk = SmallDisk.at(folder.resolve("home"))) {
      var shell = new Shell(folder.resolve("home")).with("NO_PROGRESS", "1");
      disk.leave(300);

      Shell.Result full = shell.run("pack", corpus.toString(), "--budget", "8k");
      disk.leave(300);
      Shell.Result again = shell.run("pack", corpus.toString(), "--budget", "8k");
      disk.free();
      Shell.Result free = shell.run("pack", corpus.toString(), "--budget", "8k");

      assertThat(full.code()).as(full.err()).isEqualTo(ExitCode.IO);
      assertThat(full.err().lines().filter(line -> line.contains("the disk is full"))).hasSize(1);
      assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.IO);
      assertThat(free.code()).as(free.err()).isEqualTo(ExitCode.OK);
    }
  }
}
