package brimful.kafka;

import brimful.corpus.UserError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

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

  /// A segment that is written to is never compacted, so deleted text stays in it until another one
  /// begins: with the first record after this time.
  private static final Duration SEGMENT_AGE = Duration.ofHours(6);

  /// How long a closed segment may wait for its compaction, however little that gains.
  private static final Duration COMPACTION_LAG_MAX = Duration.ofHours(12);

  private static final long SEGMENT_BYTES = 16L << 20;
  private static final long DOCUMENTS_SEGMENT_BYTES = 64L << 20;

  private static final int PREFIX_CHARS_MAX = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

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
                Map.of(),
                Map.of("compression.type", "producer")))
        .toList();
  }

  private TopicPlan plan(
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
            "segment.bytes",
            name.equals(documents()) ? DOCUMENTS_SEGMENT_BYTES : SEGMENT_BYTES,
            "segment.ms",
            SEGMENT_AGE.toMillis(),
            "max.compaction.lag.ms",
            COMPACTION_LAG_MAX.toMillis()),
        Map.of(
            "compression.type",
            "producer",
            "min.cleanable.dirty.ratio",
            "0.2",
            "min.compaction.lag.ms",
            String.valueOf(compactionLag.toMillis())));
  }

  /// Creates missing topics and checks existing ones. Idempotent, also across processes.
  ///
  /// @throws UserError if topics have other settings than required: a line for each problem
  /// @throws UserError if no broker answers
  public void ensure(Admin admin) {
    TopicAdmin.ensure(pipeline(), admin);
  }

  /// Checks that the topics exist; creates none.
  ///
  /// @throws UserError of kind NOT_FOUND if one is missing
  void require(Admin admin, String address) {
    TopicAdmin.require(pipeline(), admin, address);
  }

  /// Returns a line with the fix for each topic that keeps deleted text for longer than it should.
  List<String> advice(Admin admin, String address) {
    return TopicAdmin.advice(pipeline(), admin, address);
  }

  /// Deletes a batch's topics.
  ///
  /// @return whether there were any
  boolean dropBatch(Admin admin, String batch, String address) {
    requireName(batch);
    return TopicAdmin.delete(batch(batch), admin, address);
  }

  private void requireName(String batch) {
    if (!NAME.matcher(batch).matches() || prefix.length() + batch.length() > PREFIX_CHARS_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          "batch \"%s\" cannot be in a topic's name: use up to %s letters, digits, dots, dashes and underscores"
              .formatted(batch, PREFIX_CHARS_MAX - prefix.length()));
    }
  }

  /// Creates the missing topics of a batch and checks existing ones. Idempotent.
  ///
  /// @throws UserError also if the batch's name cannot be part of a topic's
  void ensureBatch(Admin admin, String batch) {
    requireName(batch);
    TopicAdmin.ensure(batch(batch), admin);
  }
}
