package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.kafka.record.Revision;
import brimful.kafka.record.Revisions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deleted and overtaken text leaves the brokers, with the hours of the topics' settings shortened
/// to a second; prints the size of the documents before and after.
@Tag("slow")
final class DeletedTextTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FILES = 40;
  private static final int ROUNDS = 11;
  private static final long NOW = Clock.systemUTC().millis();

  @TempDir private Path folder;

  @Test
  void leavesTheTopicWhenItsSegmentsAreCompacted() throws Exception {
    try (DevBroker broker =
            DevBroker.start(folder.resolve("broker"), 0, Map.of("log.cleaner.backoff.ms", "200"));
        var pipeline = new Pipelines(broker.bootstrap(), folder)) {
      String topic = pipeline.cluster().topics().documents();
      for (int round = 0; round < ROUNDS; round++) {
        for (int file = 0; file < FILES; file++) {
          publish(pipeline, "file" + file, round, words(round * FILES + file) + " round" + round);
        }
        if (round == 0) {
          publish(pipeline, "secret", 0, "a secret word");
          print("1 ingest", size(topic));
        }
        pipeline.index();
      }
      delete(pipeline, "secret");
      pipeline.index();
      print(ROUNDS + " ingests", size(topic));
      assertThat(texts(pipeline, topic)).anyMatch(text -> text.contains("secret word"));

      shorten(pipeline, topic);
      Thread.sleep(Duration.ofSeconds(1));
      pipeline.publisher().roll();
      pipeline.publisher().flush();

      long end = System.nanoTime() + PATIENCE.toNanos();
      while (texts(pipeline, topic).stream()
          .anyMatch(text -> text.contains("secret word") || text.contains("round3"))) {
        assertThat(System.nanoTime()).as("patience").isLessThan(end);
        Thread.sleep(200);
      }
      print("compacted", size(topic));
      assertThat(texts(pipeline, topic).stream().filter(text -> text.contains("round10")))
          .hasSize(FILES);
      assertThat(pipeline.indexed()).hasSize(FILES);
    }
  }

  private static void publish(Pipelines pipeline, String item, int version, String text) {
    pipeline
        .publisher()
        .publish(Revisions.of(Pipelines.COLLECTION, item, NOW + version, text))
        .join();
  }

  private static void delete(Pipelines pipeline, String item) {
    var change = new Revision.Change.Delete(new DocumentId(item));
    pipeline
        .publisher()
        .publish(new Revision(Pipelines.COLLECTION, "job", NOW + ROUNDS, 0, change))
        .join();
  }

  private static String words(int seed) {
    var random = new Random(seed);
    var words = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      words.append(Integer.toString(random.nextInt(10_000), 36)).append(' ');
    }
    return words.toString();
  }

  /// Returns the values that a reader of the topic still finds.
  private static List<String> texts(Pipelines pipeline, String topic) {
    var texts = new ArrayList<String>();
    try (var tail = new TopicTail(pipeline.cluster(), List.of(topic))) {
      tail.read(message -> {
        if (message.value() != null) {
          texts.add(new String(message.value(), UTF_8));
        }
      });
    }
    return texts;
  }

  private static void shorten(Pipelines pipeline, String topic) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    List<AlterConfigOp> changes =
        Stream.of("segment.ms", "max.compaction.lag.ms", "min.compaction.lag.ms")
            .map(key -> new ConfigEntry(key, key.startsWith("min") ? "0" : "500"))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    try (Admin admin = Admin.create(pipeline.cluster().connection().admin())) {
      admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
    }
  }

  private long size(String topic) throws IOException {
    Path broker = folder.resolve("broker");
    try (Stream<Path> files = Files.walk(broker)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .filter(file -> broker.relativize(file).toString().startsWith(topic + "-"))
          .mapToLong(DeletedTextTest::bytes)
          .sum();
    }
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void print(String when, long bytes) {
    System.out.println("documents after " + when + ": " + bytes + " bytes");
  }
}
