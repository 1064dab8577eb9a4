package brimful.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class DiskTest {
  @Test
  void whatTheSystemSaysOfSpaceCounts() {
    assertThat(Disk.isFull(new IOException("No space left on device"))).isTrue();
    assertThat(Disk.isFull(new IOException("Connection reset"))).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPlaceWithoutADiskIsNotFull() {
    var failure = new NoSuchFileException("/proc/x");

    assertThat(Disk.isFull(failure, Path.of("/proc/x"))).isFalse();
  }
}
