package brimful.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What [Topics] does to a broker, whichever it is.
abstract class TopicsContract {
  private final Topics topics = new Topics("test-" + UUID.randomUUID());

  private String address = "";

  /// Returns the address of the broker under test, or aborts the test.
  abstract String bootstrap();

  /// In the test's own thread: what another one throws is no abortion, but a failure.
  @BeforeEach
  void find() {
    address = bootstrap();
  }

  @Test
  void createsWhatIsMissing() throws Exception {
    try (Admin admin = admin()) {
      topics.ensure(admin);

      assertThat(partitions(admin))
          .isEqualTo(
              Map.of(
                  topics.jobsSmall(), 6,
                  topics.jobsLarge(), 6,
                  topics.jobsExpressSmall(), 3,
                  topics.jobsExpressLarge(), 3,
                  topics.jobsWaiting(), 1,
                  topics.documents(), 6,
                  topics.deadLetters(), 3,
                  topics.progress(), 1));
      Config documents = config(admin, ConfigResource.Type.TOPIC, topics.documents());
      assertThat(
              Stream.of(
                  "cleanup.policy",
                  "retention.ms",
                  "delete.retention.ms",
                  "compression.type",
                  "segment.bytes",
                  "segment.ms",
                  "max.compaction.lag.ms",
                  "min.insync.replicas"))
          .extracting(key -> documents.get(key).value())
          .containsExactly(
              "compact", "-1", "604800000", "producer", "67108864", "21600000", "43200000", "1");
      assertThat(topics.advice(admin, address)).isEmpty();
    }
  }

  @Test
  void saysWhichTopicsKeepDeletedTextForLong() throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topics.progress(), 1, (short) 1)
                      .configs(Map.of("cleanup.policy", "compact", "retention.ms", "-1"))))
          .all()
          .get();
      topics.ensure(admin);

      assertThat(topics.advice(admin, address))
          .singleElement()
          .asString()
          .startsWith("topic " + topics.progress() + " keeps deleted text")
          .endsWith(
              "--add-config max.compaction.lag.ms=43200000,segment.bytes=16777216,segment.ms=21600000");
    }
  }

  @Test
  void letsSeveralProcessesBeginAtOnceAndAgain() throws Exception {
    Callable<Boolean> process =
        () -> {
          try (Admin admin = admin()) {
            topics.ensure(admin);
            return true;
          }
        };

    try (ExecutorService processes = Executors.newFixedThreadPool(3)) {
      List<Future<Boolean>> done = processes.invokeAll(List.of(process, process, process));

      assertThat(done).allSatisfy(result -> assertThat(result.get()).isTrue());
    }
    assertThat(process.call()).isTrue();
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topics.jobsSmall(), 2, (short) 1)
                      .configs(Map.of("cleanup.policy", "compact", "retention.ms", "-1")),
                  new NewTopic(topics.progress(), 1, (short) 1)
                      .configs(
                          Map.of(
                              "cleanup.policy", "delete",
                              "retention.ms", "60000",
                              "max.message.bytes", "1000",
                              "min.insync.replicas", "2"))))
          .all()
          .get();

      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> topics.ensure(admin))
          .withMessage(
              """
              existing topics have settings that Brimful cannot work with:
              SMALL has 2 partitions and needs 6: choose another --topics prefix
              SMALL has delete.retention.ms=86400000 and needs at least 604800000: FIX SMALL --add-config delete.retention.ms=604800000
              PROGRESS has cleanup.policy=delete and needs compact: FIX PROGRESS --add-config cleanup.policy=compact
              PROGRESS has retention.ms=60000 and needs -1: FIX PROGRESS --add-config retention.ms=-1
              PROGRESS has max.message.bytes=1000 and needs at least 1048576: FIX PROGRESS --add-config max.message.bytes=1048576
              PROGRESS has min.insync.replicas=2 and needs at most the 1 of its replicas: FIX PROGRESS --add-config min.insync.replicas=1\
              """
                  .replace("SMALL", topics.jobsSmall())
                  .replace("PROGRESS", topics.progress())
                  .replace(
                      "FIX",
                      "kafka-configs.sh --bootstrap-server %s --alter --topic"
                          .formatted(bootstrap())));
    }
  }

  @Test
  void setsUpAShareGroupBeforeItHasMembers() throws Exception {
    String group = topics.prefix() + "-workers";
    try (Admin admin = admin()) {
      TopicAdmin.ensureShareGroup(admin, group);
      TopicAdmin.ensureShareGroup(admin, group);

      Config config = config(admin, ConfigResource.Type.GROUP, group);
      assertThat(
              Stream.of(
                  "share.auto.offset.reset",
                  "share.delivery.count.limit",
                  "share.record.lock.duration.ms"))
          .extracting(key -> config.get(key).value())
          .containsExactly("earliest", "10", "30000");
    }
  }

  private Admin admin() {
    return Connection.of(address, Optional.empty()).openAdmin();
  }

  private Map<String, Integer> partitions(Admin admin) throws Exception {
    List<String> names =
        admin.listTopics().names().get().stream()
            .filter(name -> name.startsWith(topics.prefix()))
            .toList();
    Map<String, TopicDescription> found = admin.describeTopics(names).allTopicNames().get();
    return found.values().stream()
        .collect(Collectors.toMap(TopicDescription::name, topic -> topic.partitions().size()));
  }

  private static Config config(Admin admin, ConfigResource.Type type, String name)
      throws Exception {
    var resource = new ConfigResource(type, name);
    return requireNonNull(admin.describeConfigs(List.of(resource)).all().get().get(resource));
  }
}
