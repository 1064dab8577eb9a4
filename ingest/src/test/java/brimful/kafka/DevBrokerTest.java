package brimful.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import brimful.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevBrokerTest {
  private static final Duration PATIENCE = Await.PATIENCE;

  @Test
  void keepsRecordsWhenItStartsAgainOnItsFolder(@TempDir Path folder) throws Exception {
    try (DevBroker broker = DevBroker.start(folder, 0)) {
      createTopic(broker, "kept");
      send(broker, "kept", "one", "two");
    }

    try (DevBroker broker = DevBroker.start(folder, 0)) {
      assertThat(read(broker, "kept", 2)).containsExactly("one", "two");
    }
  }

  @Test
  void servesShareGroupsFromTheEarliestRecord() throws Exception {
    DevBroker broker = Brokers.dev();
    createTopic(broker, "shared");
    send(broker, "shared", "first", "second");
    try (Admin admin = admin(broker)) {
      TopicAdmin.ensureShareGroup(admin, "workers");
    }

    List<String> taken = new ArrayList<>();
    try (var consumer =
        new KafkaShareConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers", broker.bootstrap(),
                "group.id", "workers",
                "share.acknowledgement.mode", "explicit"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of("shared"));
      await(() -> {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          taken.add(record.value());
          consumer.acknowledge(record);
        }
        return taken.size() >= 2;
      });
      Map<?, Optional<?>> commits = Map.copyOf(consumer.commitSync());

      assertThat(taken).containsExactlyInAnyOrder("first", "second");
      assertThat(commits).isNotEmpty().allSatisfy((_, failure) -> assertThat(failure).isEmpty());
    }
  }

  @Test
  void namesThePortThatIsTaken(@TempDir Path folder) throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThatThrownBy(() -> DevBroker.start(folder, taken.getLocalPort()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
    }
  }

  private static void createTopic(DevBroker broker, String topic) throws Exception {
    try (Admin admin = admin(broker)) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private static Admin admin(DevBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
  }

  private static void send(DevBroker broker, String topic, String... values) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value)).get();
      }
    }
  }

  private static List<String> read(DevBroker broker, String topic, int count) {
    List<String> values = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrap()),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      await(() -> {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
        return values.size() >= count;
      });
    }
    return values;
  }

  private static void await(BooleanSupplier done) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within " + PATIENCE).isLessThan(deadline);
    }
  }
}
