package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.kafka.record.ClaimCodec;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.UnreadableRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The claims that are set aside at present, brought up to date on request.
///
/// Keeps about 300 bytes of each and reads the claims themselves from the topic again. For one
/// thread.
public final class WaitingList implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingList.class);

  /// When this version returns a claim of a later one.
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  private final TopicTail tail;
  private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();

  /// Thousands of claims have the same few texts.
  private final Map<String, String> texts = new HashMap<>();

  private long next;

  public WaitingList(Cluster cluster) {
    tail = new TopicTail(cluster, List.of(cluster.topics().jobsWaiting()));
  }

  /// Returns the keys of a collection's claims that wait.
  static Set<String> keys(Cluster cluster, CollectionKey collection) {
    String prefix = new String(ClaimCodec.prefix(collection), UTF_8);
    try (var list = new WaitingList(cluster)) {
      return list.refresh().keySet().stream()
          .filter(key -> key.startsWith(prefix))
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  /// What is known of a claim that waits.
  ///
  /// @param offset of its record
  public record Entry(
      long offset,
      String location,
      String cause,
      String worker,
      Instant since,
      Instant notBefore) {}

  /// What claims wait for.
  ///
  /// @param worker who found the cause
  public record Cause(String cause, String worker, long claims) {
    /// Returns a line for people.
    public String display() {
      return String.format(Locale.ROOT, "%,d wait: %s (worker %s)", claims, cause, worker);
    }
  }

  /// Returns what the claims wait for at present, the most frequent first.
  public List<Cause> causes() {
    return causes("");
  }

  /// Returns the same for a collection's claims.
  public List<Cause> causes(CollectionKey collection) {
    return causes(new String(ClaimCodec.prefix(collection), UTF_8));
  }

  private List<Cause> causes(String prefix) {
    Map<List<String>, Long> counts =
        refresh().entrySet().stream()
            .filter(one -> one.getKey().startsWith(prefix))
            .map(Map.Entry::getValue)
            .collect(
                Collectors.groupingBy(
                    entry -> List.of(entry.cause(), entry.worker()), Collectors.counting()));
    return counts.entrySet().stream()
        .map(count ->
            new Cause(count.getKey().getFirst(), count.getKey().getLast(), count.getValue()))
        .sorted(
            Comparator.comparingLong(Cause::claims)
                .reversed()
                .thenComparing(Cause::cause)
                .thenComparing(Cause::worker))
        .toList();
  }

  /// Reads what has changed since the last call.
  ///
  /// @return the present entries by their record's key, the oldest first
  public SequencedMap<String, Entry> refresh() {
    tail.read(this::take);
    return Collections.unmodifiableSequencedMap(entries);
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    next = message.offset() + 1;
    String key = new String(message.key(), UTF_8);
    entries.remove(key);
    if (message.value() == null) {
      return;
    }
    try {
      WaitingClaim claim = WaitingClaim.read(message.value());
      entries.put(
          key,
          new Entry(
              message.offset(),
              shared(claim.location()),
              shared(claim.cause()),
              shared(claim.worker()),
              claim.since(),
              claim.notBefore()));
    } catch (UnreadableRecord e) {
      if (e.newer()) {
        String cause = shared("a claim: " + e.getMessage());
        entries.put(key, new Entry(message.offset(), "", cause, "any", NEVER, NEVER));
      } else {
        LOG.warn("waiting claim ignored offset={} cause={}", message.offset(), e.getMessage());
      }
    }
  }

  private String shared(String text) {
    return texts.computeIfAbsent(text, same -> same);
  }

  /// Reads the claims of some entries again.
  ///
  /// @param wanted from the last call of [#refresh], the oldest first
  /// @return by their record's key
  public SequencedMap<String, WaitingClaim> claims(List<Entry> wanted) {
    var claims = new LinkedHashMap<String, WaitingClaim>();
    if (wanted.isEmpty()) {
      return claims;
    }
    Set<Long> offsets = wanted.stream().map(Entry::offset).collect(Collectors.toSet());
    tail.seek(wanted.getFirst().offset());
    tail.readThrough(
        wanted.getLast().offset(),
        message -> {
          if (offsets.contains(message.offset()) && message.value() != null) {
            claims.put(new String(message.key(), UTF_8), WaitingClaim.read(message.value()));
          }
        });
    tail.seek(next);
    return claims;
  }

  @Override
  public void close() {
    tail.close();
  }
}
