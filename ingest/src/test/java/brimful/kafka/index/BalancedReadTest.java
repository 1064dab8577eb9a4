package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.kafka.Brokers;
import brimful.kafka.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class BalancedReadTest extends IndexWorkerFixture {
  private static final int RECORDS = 6 * 300;
  private static final int BYTES = 5_000;

  @Test
  void aBacklogIsReadFromManyPartitionsAtOnce() {
    var connection = Connection.of(Brokers.dev().bootstrap(), Optional.empty());
    var random = new Random(7);
    try (var producer = new KafkaProducer<byte[], byte[]>(connection.producer())) {
      for (int i = 0; i < RECORDS; i++) {
        byte[] value = new byte[BYTES];
        random.nextBytes(value);
        producer.send(new ProducerRecord<>(topic(), i % PARTITIONS, new byte[] {1}, value));
      }
    }

    List<Integer> partitions = new ArrayList<>();
    int read = 0;
    try (var consumer = new KafkaConsumer<byte[], byte[]>(connection.consumer("balanced"))) {
      consumer.subscribe(List.of(topic()));
      while (read < RECORDS) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(PATIENCE);
        assertThat(records.count()).isPositive();
        partitions.add(records.partitions().size());
        read += records.count();
      }
    }

    // With Kafka's defaults it is 1.4.
    double average = partitions.stream().mapToInt(Integer::intValue).average().orElseThrow();
    assertThat(average).isGreaterThan(2);
  }
}
