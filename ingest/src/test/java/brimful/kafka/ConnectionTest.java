package brimful.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", ":9092", "localhost:0", "localhost:70000", "a:1,,b:2"})
  void refusesWhatIsNoAddress(String bootstrap) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Connection.of(bootstrap, Optional.empty()))
        .withMessage("--kafka \"%s\" is not an address: write it like localhost:9092", bootstrap);
  }

  @Test
  void namesTheFileThatItCannotRead(@TempDir Path folder) {
    Path missing = folder.resolve("kafka.properties");

    assertThatThrownBy(() -> Connection.of("localhost:9092", Optional.of(missing)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot read --kafka-config " + missing);
  }

  @Test
  void refusesAllSettingsOfOursInAFileAtOnce(@TempDir Path folder) throws IOException {
    Path file = write(folder, "linger.ms=9\nacks=0\ngroup.id=x\nenable.auto.commit=true\n");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Connection.of("localhost:9092", Optional.of(file)))
        .withMessage(
            "--kafka-config %s sets acks, enable.auto.commit, group.id, which Brimful sets itself: remove those lines",
            file);
  }

  @Test
  void putsTheFileOverDefaultsAndUnderPromises(@TempDir Path folder) throws IOException {
    Path file = write(folder, "linger.ms=9\nsecurity.protocol=SASL_SSL\n");

    Map<String, Object> producer = Connection.of("a:1,[::1]:2", Optional.of(file)).producer();

    assertThat(producer)
        .containsEntry("linger.ms", "9")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("compression.type", "zstd")
        .containsEntry("acks", "all")
        .containsEntry("bootstrap.servers", List.of("a:1", "[::1]:2"));
  }

  @Test
  void makesSettingsThatEveryClientAccepts() {
    var connection = Connection.of("127.0.0.1:1", Optional.empty());

    new KafkaProducer<byte[], byte[]>(connection.producer()).close();
    new KafkaConsumer<byte[], byte[]>(connection.consumer("group")).close();
    new KafkaShareConsumer<byte[], byte[]>(connection.shareConsumer("group", 3)).close();
  }

  @Test
  void keepsPasswordsToItself(@TempDir Path folder) throws IOException {
    Path file = write(folder, "sasl.jaas.config=Login required password=\"hunter2\";\n");

    assertThat(Connection.of("localhost:9092", Optional.of(file)))
        .hasToString("Kafka at localhost:9092");
  }

  @Test
  void saysHowToWriteALoginWithoutRepeatingIt(@TempDir Path folder) throws IOException {
    Path file =
        write(
            folder,
            "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=hunter2 x\n");
    var connection = Connection.of("localhost:9092", Optional.of(file));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(connection::openAdmin)
        .withMessageStartingWith("sasl.jaas.config in the file of --kafka-config cannot be read")
        .withMessageNotContaining("hunter2");
  }

  private static Path write(Path folder, String text) throws IOException {
    return Files.writeString(folder.resolve("kafka.properties"), text);
  }
}
