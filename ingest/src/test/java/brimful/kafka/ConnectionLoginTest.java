package brimful.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that asks for a password, and an address where none is.
final class ConnectionLoginTest {
  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";

  @Test
  void bringsTheFilesPasswordToTheBroker(@TempDir Path data, @TempDir Path folder)
      throws Exception {
    try (DevBroker broker = DevBroker.start(data, 0, asksForPasswords())) {
      Connection right = connection(broker, login(folder, "right"));
      Connection wrong = connection(broker, login(folder, "wrong"));

      try (Admin admin = right.openAdmin()) {
        assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      }
      assertThatThrownBy(wrong::openAdmin)
          .isInstanceOf(UserError.class)
          .hasMessage(
              "Kafka at %s refuses the login: check the file of --kafka-config", broker.bootstrap())
          .cause()
          .hasMessageNotContaining("wrong");
    }
  }

  @Test
  void saysThatNoBrokerIsThere() throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var connection = Connection.of("127.0.0.1:" + port, Optional.empty());
    long started = System.nanoTime();

    assertThatThrownBy(connection::openAdmin)
        .isInstanceOf(UserError.class)
        .hasMessage(
            "no Kafka broker at 127.0.0.1:%s: start one with brimful dev-broker, or check --kafka",
            port);
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
  }

  private static Map<String, String> asksForPasswords() {
    return Map.of(
        "listener.security.protocol.map", "BROKER:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
        "sasl.enabled.mechanisms", "PLAIN",
        "sasl.mechanism.inter.broker.protocol", "PLAIN",
        "listener.name.broker.plain.sasl.jaas.config",
            MODULE + " username=\"broker\" password=\"b\" user_broker=\"b\" user_alice=\"right\";");
  }

  private static Connection connection(DevBroker broker, Path file) {
    return Connection.of(broker.bootstrap(), Optional.of(file));
  }

  private static Path login(Path folder, String password) throws IOException {
    return Files.writeString(
        folder.resolve(password),
        """
        security.protocol=SASL_PLAINTEXT
        sasl.mechanism=PLAIN
        sasl.jaas.config=%s username="alice" password="%s";
        """
            .formatted(MODULE, password));
  }
}
