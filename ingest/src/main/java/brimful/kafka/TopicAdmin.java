package brimful.kafka;

import static java.util.Objects.requireNonNull;

import brimful.corpus.UserError;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DeleteTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Creates, checks and deletes topics and share groups as they are planned.
final class TopicAdmin {
  /// How long a new topic or setting may be unknown to the broker that we ask.
  private static final Duration APPEARS_WITHIN = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final Map<String, String> SHARE_GROUP =
      Map.of(
          "share.auto.offset.reset", "earliest",
          "share.delivery.count.limit", "10",
          "share.record.lock.duration.ms", "30000");

  /// How long a broker may take to create or delete topics. It has just answered, so it is busy and
  /// not absent.
  private static final int CHANGE_MS_MAX = 50_000;

  /// How long a deletion is tried again: an absent broker is said after the second try.
  private static final Duration DELETED_WITHIN = Duration.ofSeconds(15);

  private TopicAdmin() {}

  /// Checks that topics exist; creates none.
  ///
  /// @throws UserError of kind NOT_FOUND if one is missing
  static void require(List<TopicPlan> plans, Admin admin, String address) {
    Set<String> present = present(plans, admin, address);
    for (TopicPlan plan : plans) {
      if (!present.contains(plan.name())) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "no topic %s at %s: brimful ingest PATH --collection NAME creates it, or name another --topics"
                .formatted(plan.name(), address));
      }
    }
  }

  /// Returns a line with the fix for each topic that keeps deleted text for longer than it should.
  static List<String> advice(List<TopicPlan> plans, Admin admin, String address) {
    Map<String, Config> settings =
        settings(plans.stream().map(TopicPlan::name).collect(Collectors.toSet()), admin, address);
    return plans.stream()
        .flatMap(plan -> plan.advice(requireNonNull(settings.get(plan.name())), address).stream())
        .toList();
  }

  /// Deletes topics, and tries again if the broker was too busy to answer.
  ///
  /// @return whether there were any
  static boolean delete(List<TopicPlan> plans, Admin admin, String address) {
    long deadline = System.nanoTime() + DELETED_WITHIN.toNanos();
    boolean any = false;
    while (true) {
      try {
        Set<String> present = present(plans, admin, address);
        if (present.isEmpty()) {
          return any;
        }
        any = true;
        // A request that is sent again finds the topic gone.
        admin
            .deleteTopics(present, new DeleteTopicsOptions().timeoutMs(CHANGE_MS_MAX))
            .topicNameValues()
            .values()
            .forEach(reply ->
                AdminReplies.failed(reply, UnknownTopicOrPartitionException.class, address));
        return true;
      } catch (UserError e) {
        if (!(e.getCause() instanceof TimeoutException) || System.nanoTime() > deadline) {
          throw e;
        }
        pause();
      }
    }
  }

  /// Creates missing topics and checks existing ones. A topic that has just been deleted may be
  /// known to one broker, or to none, for a moment.
  ///
  /// @throws UserError if topics have other settings than required: a line for each problem
  static void ensure(List<TopicPlan> plans, Admin admin) {
    long deadline = System.nanoTime() + APPEARS_WITHIN.toNanos();
    while (true) {
      try {
        ensureNow(plans, admin);
        return;
      } catch (UserError e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadline) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void ensureNow(List<TopicPlan> plans, Admin admin) {
    Collection<Node> nodes =
        AdminReplies.await(admin.describeCluster().nodes(), "the address of --kafka");
    String address =
        nodes.stream().findFirst().map(node -> node.host() + ":" + node.port()).orElse("HOST:PORT");
    Set<String> present = present(plans, admin, address);
    List<NewTopic> missing =
        plans.stream()
            .filter(plan -> !present.contains(plan.name()))
            .map(plan -> plan.create(nodes.size()))
            .toList();
    present.addAll(create(missing, admin, address));
    List<String> problems = problems(plans, present, admin, address);
    if (!problems.isEmpty()) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "existing topics have settings that Brimful cannot work with:\n"
              + String.join("\n", problems));
    }
    if (!missing.isEmpty()) {
      // A broker reports that a topic is created a moment before it knows the topic.
      var created = missing.stream().map(NewTopic::name).collect(Collectors.toSet());
      awaitLeaders(describe(created, admin, address), admin, address);
    }
  }

  /// Waits until the brokers serve new partitions. Where one takes a producer's second batch after
  /// it has refused the first, all its records expire: to a new partition, any sequence is the
  /// first.
  private static void awaitLeaders(
      Map<String, TopicDescription> created, Admin admin, String address) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    created.forEach((name, topic) ->
        topic
            .partitions()
            .forEach(info ->
                latest.put(new TopicPartition(name, info.partition()), OffsetSpec.latest())));
    Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> _ =
        AdminReplies.await(admin.listOffsets(latest).all(), address);
  }

  private static Set<String> present(List<TopicPlan> plans, Admin admin, String address) {
    List<String> names = plans.stream().map(TopicPlan::name).toList();
    var present = new HashSet<String>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach((name, reply) -> {
          if (!AdminReplies.failed(reply, UnknownTopicOrPartitionException.class, address)) {
            present.add(name);
          }
        });
    return present;
  }

  /// Creates topics, and returns the names of those that another process created first.
  private static Set<String> create(List<NewTopic> missing, Admin admin, String address) {
    var present = new HashSet<String>();
    admin
        .createTopics(missing, new CreateTopicsOptions().timeoutMs(CHANGE_MS_MAX))
        .values()
        .forEach((name, reply) -> {
          if (AdminReplies.failed(reply, TopicExistsException.class, address)) {
            present.add(name);
          }
        });
    return present;
  }

  private static List<String> problems(
      List<TopicPlan> plans, Set<String> names, Admin admin, String address) {
    Map<String, TopicDescription> found = describe(names, admin, address);
    Map<String, Config> settings = settings(names, admin, address);
    return plans.stream()
        .filter(plan -> names.contains(plan.name()))
        .flatMap(plan ->
            plan
                .problems(
                    requireNonNull(found.get(plan.name())),
                    requireNonNull(settings.get(plan.name())),
                    address)
                .stream())
        .toList();
  }

  private static Map<String, TopicDescription> describe(
      Set<String> names, Admin admin, String address) {
    long deadline = System.nanoTime() + APPEARS_WITHIN.toNanos();
    while (true) {
      KafkaFuture<Map<String, TopicDescription>> reply =
          admin.describeTopics(names).allTopicNames();
      if (System.nanoTime() > deadline
          || !AdminReplies.failed(reply, UnknownTopicOrPartitionException.class, address)) {
        return AdminReplies.await(reply, address);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for Kafka");
    }
  }

  private static Map<String, Config> settings(Set<String> names, Admin admin, String address) {
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    var settings = new TreeMap<String, Config>();
    AdminReplies.await(admin.describeConfigs(resources).all(), address)
        .forEach((resource, config) -> settings.put(resource.name(), config));
    return settings;
  }

  /// Returns a topic's id, which changes if the topic is deleted and created again; empty if there
  /// is no such topic.
  ///
  /// @param most how long to wait for the reply
  static Optional<String> id(Admin admin, String topic, Duration most) {
    var options = new DescribeTopicsOptions().timeoutMs(Math.toIntExact(most.toMillis()));
    KafkaFuture<Map<String, TopicDescription>> reply =
        admin.describeTopics(List.of(topic), options).allTopicNames();
    String address = "the address of --kafka";
    return AdminReplies.failed(reply, UnknownTopicOrPartitionException.class, address)
        ? Optional.empty()
        : Optional.ofNullable(AdminReplies.await(reply, address).get(topic))
            .map(found -> found.topicId().toString());
  }

  /// Makes a share group start at the earliest record, lock each for 30 s, and deliver it 10 times
  /// at most. Must be called before the group's first consumer joins; idempotent.
  static void ensureShareGroup(Admin admin, String group) {
    List<AlterConfigOp> changes =
        SHARE_GROUP.entrySet().stream()
            .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
    String address = "the address of --kafka";
    AdminReplies.await(admin.incrementalAlterConfigs(Map.of(resource, changes)).all(), address);
    awaitSettings(admin, resource, address);
  }

  /// The controller agrees before the brokers know: a consumer that joins in between would skip the
  /// topics' existing records.
  private static void awaitSettings(Admin admin, ConfigResource resource, String address) {
    long deadline = System.nanoTime() + APPEARS_WITHIN.toNanos();
    while (System.nanoTime() < deadline) {
      Config found =
          requireNonNull(
              AdminReplies.await(admin.describeConfigs(List.of(resource)).all(), address)
                  .get(resource));
      if (SHARE_GROUP.entrySet().stream().allMatch(wanted -> hasSetting(found, wanted))) {
        return;
      }
      pause();
    }
    throw KafkaUnreachable.at(
        address, new TimeoutException("group %s has no settings yet".formatted(resource.name())));
  }

  private static boolean hasSetting(Config found, Map.Entry<String, String> wanted) {
    ConfigEntry entry = found.get(wanted.getKey());
    return entry != null && wanted.getValue().equals(entry.value());
  }
}
