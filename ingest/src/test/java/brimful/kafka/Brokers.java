package brimful.kafka;

import brimful.testing.ContainerImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/// The brokers that the tests of one JVM share. Each test keeps to topics and groups of its own.
public final class Brokers {
  private static final String KAFKA = "apache/kafka:4.3.1";

  private Brokers() {}

  /// Returns the broker in this JVM; started by the first call, stopped at the end of the JVM.
  public static DevBroker dev() {
    return Dev.BROKER;
  }

  /// Held here, so that only tests that ask for it pay for its start.
  private static final class Dev {
    private static final DevBroker BROKER = start();

    private static DevBroker start() {
      try {
        Path folder = Files.createTempDirectory("brimful-broker");
        DevBroker broker = DevBroker.start(folder, 0);
        Runtime.getRuntime()
            .addShutdownHook(
                Thread.ofPlatform()
                    .unstarted(() -> {
                      broker.close();
                      delete(folder);
                    }));
        return broker;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Returns the address of a broker in a container, as people deploy it; started by the first
  /// call. Without Docker or its images the calling test is aborted, and one line says so.
  static String container() {
    Lacking.LINE.ifPresent(Assumptions::abort);
    return Container.BROKER.getBootstrapServers();
  }

  /// Asked once for each JVM, as the answer may take a minute.
  private static final class Lacking {
    private static final Optional<String> LINE = line();

    private static Optional<String> line() {
      Optional<String> line =
          ContainerImages.lacking(KAFKA)
              .or(() ->
                  DockerClientFactory.instance().isDockerAvailable()
                      ? Optional.empty()
                      : Optional.of("NO DOCKER: one answers, but Testcontainers does not find it"));
      line.ifPresent(why -> System.err.println(why + ": tests with a Kafka container do not run"));
      return line;
    }
  }

  private static final class Container {
    private static final KafkaContainer BROKER = start();

    private static KafkaContainer start() {
      KafkaContainer broker =
          new KafkaContainer(KAFKA)
              .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
              .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
              // As in docker-compose.yml: tests join and leave groups all the time.
              .withEnv("KAFKA_GROUP_SHARE_MIN_SESSION_TIMEOUT_MS", "6000")
              .withEnv("KAFKA_GROUP_SHARE_SESSION_TIMEOUT_MS", "6000")
              .withEnv("KAFKA_GROUP_SHARE_MIN_HEARTBEAT_INTERVAL_MS", "500")
              .withEnv("KAFKA_GROUP_SHARE_HEARTBEAT_INTERVAL_MS", "1000")
              .withEnv("KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "6000")
              .withEnv("KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "6000")
              .withEnv("KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS", "500")
              .withEnv("KAFKA_GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS", "1000");
      broker.start();
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(broker::stop));
      return broker;
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
