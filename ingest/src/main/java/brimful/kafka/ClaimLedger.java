package brimful.kafka;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.kafka.record.Claim;
import brimful.kafka.record.ClaimCodec;
import brimful.kafka.record.CollectionKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The last claim of every item of a collection, read from the jobs topics: what was submitted.
///
/// @param claims by item, including items that were deleted last
/// @param waiting the keys of those that are set aside
public record ClaimLedger(Map<DocumentId, Claim> claims, Set<String> waiting) {
  public ClaimLedger {
    claims = Map.copyOf(claims);
    waiting = Set.copyOf(waiting);
  }

  /// Reads the ledger from the brokers: a few hundred bytes an item.
  ///
  /// @throws UserError if a claim of the collection can only be read by a later version
  public static ClaimLedger read(Cluster cluster, CollectionKey collection) {
    Map<DocumentId, Claim> claims = new HashMap<>();
    Topics topics = cluster.topics();
    String part = '\0' + collection.name() + '\0' + collection.tokenizer() + '\0';
    for (Claim claim :
        TopicReplay.last(
            cluster,
            topics.jobs(),
            key -> key.contains(part),
            ClaimCodec::read,
            TopicReplay::refuse)) {
      if (claim.collection().equals(collection)) {
        // Across lanes and resubmissions, the newest version counts.
        claims.merge(claim.item(), claim, (a, b) -> a.version() >= b.version() ? a : b);
      }
    }
    try (var list = new WaitingList(cluster)) {
      return new ClaimLedger(
          claims,
          list.refresh().keySet().stream()
              .filter(key -> WaitingClaim.isOf(key, collection))
              .collect(Collectors.toSet()));
    }
  }
}
