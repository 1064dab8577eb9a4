package brimful.http.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.service.SpendLedger;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyStoreTest {
  @TempDir Path folder;

  @Test
  void losesNothingThatTwoProcessesChange() {
    KeyStore first = keys();
    KeyStore second = keys();

    String one = first.add("one", Grant.asking("*"), 0, 60);
    String two = second.add("two", Grant.asking("*"), 0, 60);
    first.revoke("one");

    assertThat(keys().list()).extracting(Key::name).containsExactly("two");
    assertThat(second.find(one)).isEmpty();
    assertThat(first.find(two)).isPresent();
  }

  @Seeds
  void opensNothingWhenTheKeysAreDamaged(long seed) throws IOException {
    var random = new Random(seed);
    KeyStore running = keys();
    String secret = running.add("one", Grant.asking("*"), 0, 60);
    damage(folder.resolve("keys.json"), random);

    assertThat(running.find(secret)).isEmpty();
    assertThat(running.damaged()).isPresent();
    assertThat(names()).filteredOn(name -> name.startsWith("keys.json.damaged-")).hasSize(1);
    String anew = keys().add("two", Grant.asking("*"), 0, 60);
    assertThat(running.find(anew)).isPresent();
    assertThat(running.damaged()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"spend_usd_max\":\"20\"",
        "\"spend_usd_max\":\"five\"",
        "\"spend_usd_max\":null",
        "\"spend_usd_max\":-5",
        "\"spend_usd_max\":1e999",
        "\"spend_usd_max \":5"
      })
  void aLimitThatIsNoAmountIsNotNoLimit(String edited) throws IOException {
    String secret = keys().add("one", Grant.asking("*"), 20, 60);
    Path file = folder.resolve("keys.json");
    String text = Files.readString(file);

    Files.writeString(file, text.replaceFirst("\"spend_usd_max\":20.0", edited));

    assertThat(Files.readString(file)).isNotEqualTo(text);
    assertThat(keys().find(secret)).isEmpty();
  }

  @Test
  void carriesOnWhatWasSpentBeforeThereWasALedger() throws IOException {
    keys().add("one", Grant.asking("*"), 5, 60);
    Files.writeString(folder.resolve("spent.json"), "{\"one\": 3, \"gone\": 9}");
    var ledger = new SpendLedger(folder, Clock.systemUTC());

    keys().carry(ledger);
    keys().carry(ledger);

    String account = keys().list().getFirst().account().id();
    assertThat(ledger.balance(account).settledUsd()).isEqualTo(3);
  }

  @Seeds
  void aDamagedSumOfBeforeIsNotNothing(long seed) throws IOException {
    keys().add("one", Grant.asking("*"), 5, 60);
    Files.writeString(folder.resolve("spent.json"), "{\"one\": 3}");
    damage(folder.resolve("spent.json"), new Random(seed));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> keys().carry(new SpendLedger(folder, Clock.systemUTC())))
        .withMessageContaining("spent.json cannot be read");
  }

  @Test
  void aLaterKeyOfTheSameNameHasAnAccountOfItsOwn() {
    keys().add("one", Grant.asking("*"), 5, 60);
    String before = keys().list().getFirst().account().id();
    keys().revoke("one");
    keys().add("one", Grant.asking("*"), 5, 60);

    assertThat(keys().list().getFirst().account().id()).isNotEqualTo(before);
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

  private KeyStore keys() {
    return new KeyStore(folder, Clock.systemUTC());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
