package brimful.kafka;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

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
    LastClaims.read(cluster, collection, claim -> claim)
        .forEach((item, last) -> claims.put(item, last.value()));
    return new ClaimLedger(claims, WaitingList.keys(cluster, collection));
  }
}
