package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.DocumentId;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.UnreadableRecord;
import brimful.web.WebClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The items of a collection that could not be had when they were read, for a reason that may pass.
/// However often it is asked, each dead letter is read once. For one thread.
public final class PassingLetters implements AutoCloseable {
  private final Cluster cluster;
  private final CollectionKey collection;
  private final Function<byte[], DeadLetter> reader;

  /// By the dead letter's key.
  private final Map<String, Claim> claims = new HashMap<>();

  /// Opened by the first who asks.
  private Optional<TopicTail> tail = Optional.empty();

  public PassingLetters(Cluster cluster, CollectionKey collection) {
    this(cluster, collection, DeadLetter::read);
  }

  /// @param reader reads a dead letter
  PassingLetters(Cluster cluster, CollectionKey collection, Function<byte[], DeadLetter> reader) {
    this.cluster = cluster;
    this.collection = collection;
    this.reader = reader;
  }

  /// Returns those that have not been resubmitted since.
  ///
  /// @param submitted of the collection
  public Set<DocumentId> items(SubmittedItems submitted) {
    TopicTail open =
        tail.orElseGet(() -> new TopicTail(cluster, List.of(cluster.topics().deadLetters())));
    tail = Optional.of(open);
    open.read(this::take);
    return claims.values().stream()
        .filter(claim -> submitted.version(claim.item()) <= claim.version())
        .map(Claim::item)
        .collect(Collectors.toUnmodifiableSet());
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    String key = new String(message.key(), UTF_8);
    claims.remove(key);
    if (message.value() == null) {
      return;
    }
    try {
      DeadLetter letter = reader.apply(message.value());
      if (letter.claim().collection().equals(collection)
          && letter.cause() == DeadLetter.Cause.UNREACHABLE
          && WebClient.isForNow(letter.detail())) {
        claims.put(key, letter.claim());
      }
    } catch (UnreadableRecord _) {
      // Whoever lists dead letters hears of it.
    }
  }

  @Override
  public void close() {
    tail.ifPresent(TopicTail::close);
  }
}
