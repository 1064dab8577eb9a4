package brimful.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/// How many records wait: submitted ones for workers, results for an index worker.
///
/// @param jobs of all lanes, including those that workers hold
/// @param documents records, not items: a large item has several
public record Lag(long jobs, long documents) {

  /// Reads the lag from the brokers.
  ///
  /// @param group the index worker's
  static Lag read(Admin admin, Cluster cluster, String group) {
    return new Lag(jobs(admin, cluster), documents(admin, cluster.topics(), group));
  }

  public boolean isNone() {
    return jobs == 0 && documents == 0;
  }

  private static long jobs(Admin admin, Cluster cluster) {
    Topics topics = cluster.topics();
    Map<TopicPartition, Long> ends = ends(admin, partitions(admin, topics.jobs()));
    var starts = new HashMap<TopicPartition, Long>();
    reply(
            admin
                .listShareGroupOffsets(Map.of(cluster.workers(), new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(cluster.workers()))
        .forEach((partition, info) -> {
          long end = ends.getOrDefault(partition, 0L);
          // Some records after the group's start are done already, which only the group can count.
          if (info != null) {
            starts.put(partition, info.lag().map(lag -> end - lag).orElse(info.startOffset()));
          }
        });
    return behind(ends, starts);
  }

  private static long documents(Admin admin, Topics topics, String group) {
    Map<TopicPartition, Long> ends = ends(admin, partitions(admin, List.of(topics.documents())));
    Map<TopicPartition, OffsetAndMetadata> committed =
        reply(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    var starts = new HashMap<TopicPartition, Long>();
    committed.forEach((partition, offset) -> {
      if (offset != null) {
        starts.put(partition, offset.offset());
      }
    });
    return behind(ends, starts);
  }

  private static long behind(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> starts) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - starts.getOrDefault(end.getKey(), 0L)))
        .sum();
  }

  private static List<TopicPartition> partitions(Admin admin, List<String> topics) {
    var partitions = new ArrayList<TopicPartition>();
    reply(admin.describeTopics(topics).allTopicNames())
        .forEach((name, topic) ->
            topic
                .partitions()
                .forEach(info -> partitions.add(new TopicPartition(name, info.partition()))));
    return partitions;
  }

  private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    var ends = new HashMap<TopicPartition, Long>();
    reply(admin.listOffsets(latest).all())
        .forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }

  private static <T> T reply(KafkaFuture<T> future) {
    return AdminReplies.await(future, "the address of --kafka");
  }
}
