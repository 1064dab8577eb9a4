package brimful.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/// The required settings of one topic.
///
/// @param exact settings that must have this value
/// @param atLeast settings that must have this number, or a higher one
/// @param atMost settings that should have this number, or a lower one; an existing topic that has
///   not works, and keeps deleted text for longer
/// @param advice settings for a new topic; an existing one may have others
record TopicPlan(
    String name,
    int partitions,
    Map<String, String> exact,
    Map<String, Long> atLeast,
    Map<String, Long> atMost,
    Map<String, String> advice) {
  private static final int REPLICAS_MAX = 3;
  private static final String REPLICAS_IN_SYNC = "min.insync.replicas";

  TopicPlan {
    exact = Map.copyOf(exact);
    atLeast = Map.copyOf(atLeast);
    atMost = Map.copyOf(atMost);
    advice = Map.copyOf(advice);
  }

  /// Returns the topic for a cluster of this many brokers: up to 3 replicas, one of which may be
  /// down.
  NewTopic create(int brokers) {
    int replicas = Math.clamp(brokers, 1, REPLICAS_MAX);
    var settings = new HashMap<>(advice);
    settings.putAll(exact);
    atLeast.forEach((key, least) -> settings.put(key, String.valueOf(least)));
    atMost.forEach((key, most) -> settings.put(key, String.valueOf(most)));
    settings.put(REPLICAS_IN_SYNC, String.valueOf(Math.max(1, replicas - 1)));
    return new NewTopic(name, partitions, (short) replicas).configs(settings);
  }

  /// Returns a line for each deviation: the present value, the required one, and the fix.
  List<String> problems(TopicDescription found, Config settings, String address) {
    var problems = new ArrayList<String>();
    if (found.partitions().size() != partitions) {
      // Never "add partitions": keys would move and lose their order.
      problems.add(
          "%s has %s partitions and needs %s: choose another --topics prefix"
              .formatted(name, found.partitions().size(), partitions));
    }
    new TreeMap<>(exact)
        .forEach((key, wanted) -> {
          String value = value(settings, key);
          if (!value.equals(wanted)) {
            problems.add(problem(key, value, wanted, wanted, address));
          }
        });
    new TreeMap<>(atLeast)
        .forEach((key, least) -> {
          String value = value(settings, key);
          if (number(value) < least) {
            problems.add(problem(key, value, "at least " + least, "" + least, address));
          }
        });
    int replicas = found.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(1);
    String inSync = value(settings, REPLICAS_IN_SYNC);
    if (number(inSync) > replicas) {
      String fix = String.valueOf(Math.max(1, replicas - 1));
      String wanted = "at most the %s of its replicas".formatted(replicas);
      problems.add(problem(REPLICAS_IN_SYNC, inSync, wanted, fix, address));
    }
    return problems;
  }

  /// Returns a line with the fix if the topic keeps deleted text for longer than it should.
  Optional<String> advice(Config settings, String address) {
    String fix =
        new TreeMap<>(atMost)
            .entrySet().stream()
                .filter(most -> number(value(settings, most.getKey())) > most.getValue())
                .map(most -> most.getKey() + "=" + most.getValue())
                .collect(Collectors.joining(","));
    return fix.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "topic %s keeps deleted text and overtaken records longer than a new one: kafka-configs.sh --bootstrap-server %s --alter --topic %s --add-config %s"
                .formatted(name, address, name, fix));
  }

  private String problem(String key, String value, String wanted, String fix, String address) {
    return "%s has %s=%s and needs %s: kafka-configs.sh --bootstrap-server %s --alter --topic %s --add-config %s=%s"
        .formatted(name, key, value, wanted, address, name, key, fix);
  }

  private static String value(Config settings, String key) {
    ConfigEntry entry = settings.get(key);
    return entry == null || entry.value() == null ? "" : entry.value();
  }

  /// Returns a setting's number; one that the broker does not report is never a problem.
  private static long number(String value) {
    return value.isEmpty() ? 0 : Long.parseLong(value);
  }
}
