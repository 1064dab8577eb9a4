package brimful.kafka;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.kafka.record.Claim;
import brimful.kafka.record.ClaimCodec;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.UnreadableRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what was submitted of one collection from the lanes: the last claim of every item.
///
/// All collections share the lanes, so claims of others are passed over by their keys: a million of
/// them cost a second and no memory. Of the collection's own claims, only what the caller keeps
/// stays in memory.
final class LastClaims<T> {
  private static final Logger LOG = LoggerFactory.getLogger(LastClaims.class);

  private final byte[] prefix;
  private final Function<Claim, T> kept;
  private final Map<DocumentId, Last<T>> items = new HashMap<>();

  private LastClaims(CollectionKey collection, Function<Claim, T> kept) {
    prefix = ClaimCodec.prefix(collection);
    this.kept = kept;
  }

  /// The last claim of an item.
  ///
  /// @param topic the lane that it was found in
  /// @param value what is kept of it
  record Last<T>(String topic, long version, T value) {}

  /// @throws UserError if one of the collection's claims is of a later version of Brimful
  static <T> Map<DocumentId, Last<T>> read(
      Cluster cluster, CollectionKey collection, Function<Claim, T> kept) {
    var claims = new LastClaims<>(collection, kept);
    try (var tail = new TopicTail(cluster, cluster.topics().jobs())) {
      tail.read(claims::take);
    }
    return claims.items;
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    byte[] key = message.key();
    boolean ours =
        key != null
            && key.length > prefix.length
            && Arrays.equals(prefix, 0, prefix.length, key, 0, prefix.length);
    if (!ours || ClaimCodec.isRetry(key)) {
      return;
    }
    try {
      if (message.value() == null) {
        items.computeIfPresent(
            ClaimCodec.item(key), (_, last) -> last.topic().equals(message.topic()) ? null : last);
        return;
      }
      Claim claim = ClaimCodec.read(message.value());
      var found = new Last<>(message.topic(), claim.version(), kept.apply(claim));
      // The lanes have no common order: the newest version counts.
      items.merge(claim.item(), found, (a, b) -> a.version() > b.version() ? a : b);
    } catch (UnreadableRecord e) {
      String place = "%s-%s@%s".formatted(message.topic(), message.partition(), message.offset());
      if (e.newer()) {
        throw new UserError(
            UserError.Kind.CONFLICT, "record %s: %s".formatted(place, e.getMessage()), e);
      }
      LOG.warn("claim ignored place={} cause={}", place, e.getMessage());
    }
  }
}
