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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
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

/// The topics of one pipeline. All are compacted and kept forever: the last record of each key is
/// the state of its item, so every view can be rebuilt from them. Shared batches have topics of
/// their own, which keep every record.
///
/// @param prefix the prefix of their names; pipelines with different prefixes are independent
public record Topics(String prefix) {
  public static final String PREFIX_DEFAULT = "brimful";

  /// A share group reads a partition with many workers: 6 partitions spread the load over brokers,
  /// not workers.
  private static final int JOBS_PARTITIONS = 6;

  private static final int EXPRESS_PARTITIONS = 3;

  /// One, so that a worker can read a claim again by its offset.
  private static final int WAITING_PARTITIONS = 1;

  /// An index worker indexes them in parallel, as many at once as it has processors.
  private static final int DOCUMENTS_PARTITIONS = 6;

  private static final int DEAD_LETTERS_PARTITIONS = 3;

  /// One, so that the states of a job are read in order.
  private static final int PROGRESS_PARTITIONS = 1;

  private static final long MESSAGE_BYTES_MIN = 1L << 20;

  /// An index worker that was down for up to a week still sees the deletes.
  private static final Duration AWAY_MAX = Duration.ofDays(7);

  /// Longer than the longest item takes, so that no claim is compacted away while in progress.
  private static final Duration JOBS_COMPACTION_LAG = Duration.ofHours(1);

  private static final Duration DOCUMENTS_COMPACTION_LAG = Duration.ofMinutes(10);

  /// How long a new topic or setting may be unknown to the broker that we ask.
  private static final Duration APPEARS_WITHIN = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int PREFIX_CHARS_MAX = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  private static final Map<String, String> SHARE_GROUP =
      Map.of(
          "share.auto.offset.reset", "earliest",
          "share.delivery.count.limit", "10",
          "share.record.lock.duration.ms", "30000");

  public Topics {
    if (!NAME.matcher(prefix).matches() || prefix.length() > PREFIX_CHARS_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--topics \"%s\" cannot begin a topic's name: use up to %s letters, digits, dots, dashes and underscores"
              .formatted(prefix, PREFIX_CHARS_MAX));
    }
  }

  /// Returns the topic of claims of items that take seconds.
  public String jobsSmall() {
    return prefix + ".jobs.small";
  }

  /// Returns the topic of claims of items that may take minutes, so that small ones overtake them.
  public String jobsLarge() {
    return prefix + ".jobs.large";
  }

  /// Returns the topic of small items of small jobs, which overtake large jobs.
  public String jobsExpressSmall() {
    return prefix + ".jobs.express.small";
  }

  /// Returns the topic of large items of small jobs.
  public String jobsExpressLarge() {
    return prefix + ".jobs.express.large";
  }

  /// Returns the topics of all lanes.
  List<String> jobs() {
    return Stream.of(Lane.values()).map(lane -> lane.topic(this)).toList();
  }

  /// Returns the topic of claims that wait for their source.
  public String jobsWaiting() {
    return prefix + ".jobs.waiting";
  }

  /// Returns the topic of each item's result, with its chunks.
  public String documents() {
    return prefix + ".documents";
  }

  /// Returns the topic of permanent failures, with the cause.
  public String deadLetters() {
    return prefix + ".dead-letters";
  }

  /// Returns the topic of the state of each job.
  public String progress() {
    return prefix + ".progress";
  }

  /// Returns the topic of a shared batch's units, and the name of the share group that reads it.
  public String units(String batch) {
    return prefix + ".batch." + batch + ".units";
  }

  /// Returns the topic of events of a shared batch.
  public String ledger(String batch) {
    return prefix + ".batch." + batch + ".ledger";
  }

  private List<TopicPlan> pipeline() {
    return List.of(
        plan(jobsSmall(), JOBS_PARTITIONS, JOBS_COMPACTION_LAG, AWAY_MAX),
        plan(jobsLarge(), JOBS_PARTITIONS, JOBS_COMPACTION_LAG, AWAY_MAX),
        plan(jobsExpressSmall(), EXPRESS_PARTITIONS, JOBS_COMPACTION_LAG, AWAY_MAX),
        plan(jobsExpressLarge(), EXPRESS_PARTITIONS, JOBS_COMPACTION_LAG, AWAY_MAX),
        plan(jobsWaiting(), WAITING_PARTITIONS, Duration.ZERO, AWAY_MAX),
        plan(documents(), DOCUMENTS_PARTITIONS, DOCUMENTS_COMPACTION_LAG, AWAY_MAX),
        plan(deadLetters(), DEAD_LETTERS_PARTITIONS, Duration.ZERO, Duration.ZERO),
        plan(progress(), PROGRESS_PARTITIONS, Duration.ZERO, Duration.ZERO));
  }

  /// Plans the topics of a batch: one partition each, because events have one order, and without
  /// compaction, because every record counts.
  private List<TopicPlan> batch(String batch) {
    return Stream.of(units(batch), ledger(batch))
        .map(name ->
            new TopicPlan(
                name,
                1,
                Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1"),
                Map.of("max.message.bytes", MESSAGE_BYTES_MIN),
                Map.of("compression.type", "producer")))
        .toList();
  }

  private static TopicPlan plan(
      String name, int partitions, Duration compactionLag, Duration tombstonesStay) {
    var atLeast = new HashMap<String, Long>();
    atLeast.put("max.message.bytes", MESSAGE_BYTES_MIN);
    if (tombstonesStay.isPositive()) {
      atLeast.put("delete.retention.ms", tombstonesStay.toMillis());
    }
    return new TopicPlan(
        name,
        partitions,
        Map.of("cleanup.policy", "compact", "retention.ms", "-1"),
        atLeast,
        Map.of(
            "compression.type",
            "producer",
            "min.compaction.lag.ms",
            String.valueOf(compactionLag.toMillis())));
  }

  /// Creates missing topics and checks existing ones. Idempotent, also across processes.
  ///
  /// @throws UserError if topics have other settings than required: a line for each problem
  /// @throws UserError if no broker answers
  public void ensure(Admin admin) {
    ensure(pipeline(), admin);
  }

  /// Checks that the topics exist; creates none.
  ///
  /// @throws UserError of kind NOT_FOUND if one is missing
  void require(Admin admin, String address) {
    Set<String> present = present(pipeline(), admin, address);
    for (TopicPlan plan : pipeline()) {
      if (!present.contains(plan.name())) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "no topic %s at %s: brimful ingest PATH --collection NAME creates it, or name another --topics"
                .formatted(plan.name(), address));
      }
    }
  }

  /// Does the same for the topics of a batch.
  ///
  /// @throws UserError also if the batch's name cannot be part of a topic's
  void ensureBatch(Admin admin, String batch) {
    if (!NAME.matcher(batch).matches() || prefix.length() + batch.length() > PREFIX_CHARS_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          "batch \"%s\" cannot be in a topic's name: use up to %s letters, digits, dots, dashes and underscores"
              .formatted(batch, PREFIX_CHARS_MAX - prefix.length()));
    }
    ensure(batch(batch), admin);
  }

  private static void ensure(List<TopicPlan> plans, Admin admin) {
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
        .createTopics(missing)
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
  public static void ensureShareGroup(Admin admin, String group) {
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
