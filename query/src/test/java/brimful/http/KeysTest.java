package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysTest {
  @TempDir Path folder;

  @Test
  void losesNothingThatTwoProcessesChange() {
    Keys first = keys();
    Keys second = keys();

    String one = first.add("one", List.of("*"), 0, 60);
    String two = second.add("two", List.of("*"), 0, 60);
    first.spend("one", 1);
    second.spend("one", 2);
    first.spend("two", 4);
    first.revoke("one");

    assertThat(keys().list()).extracting(Key::name).containsExactly("two");
    assertThat(second.find(one)).isEmpty();
    assertThat(first.find(two)).isPresent();
    assertThat(first.spent("one")).isCloseTo(3, within(1e-9));
    assertThat(second.spent("two")).isCloseTo(4, within(1e-9));
  }

  @Seeds
  void opensNothingWhenTheKeysAreDamaged(long seed) throws IOException {
    var random = new Random(seed);
    Keys running = keys();
    String secret = running.add("one", List.of("*"), 0, 60);
    running.spend("one", 3);
    damage(folder.resolve("keys.json"), random);

    assertThat(running.find(secret)).isEmpty();
    assertThat(running.damaged()).isPresent();
    assertThat(running.spent("one")).isEqualTo(3);
    assertThat(names()).filteredOn(name -> name.startsWith("keys.json.damaged-")).hasSize(1);
    String anew = keys().add("two", List.of("*"), 0, 60);
    assertThat(running.find(anew)).isPresent();
    assertThat(running.damaged()).isEmpty();
  }

  @Seeds
  void keepsTheKeysWhenTheSpendingIsDamaged(long seed) throws IOException {
    Keys before = keys();
    String secret = before.add("one", List.of("*"), 0, 60);
    before.spend("one", 3);
    damage(folder.resolve("spent.json"), new Random(seed));

    Keys after = keys();

    assertThat(after.find(secret)).isPresent();
    assertThat(after.spent("one")).isZero();
    after.spend("one", 1);
    assertThat(keys().spent("one")).isEqualTo(1);
    assertThat(names()).filteredOn(name -> name.startsWith("spent.json.damaged-")).hasSize(1);
  }

  /// A file that was cut off, or that holds something else.
  private static void damage(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(
        file,
        random.nextBoolean()
            ? Arrays.copyOf(bytes, random.nextInt(bytes.length - 1))
            : new byte[bytes.length]);
  }

  private Keys keys() {
    return new Keys(folder, Clock.systemUTC());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
