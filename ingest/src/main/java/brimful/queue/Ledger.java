package brimful.queue;

import brimful.corpus.DocumentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The last claim of every item of a collection, as the jobs topics hold it: what was submitted.
///
/// @param claims by item; an item that was deleted last is in it
public record Ledger(Map<DocumentId, Claim> claims) {
  public Ledger {
    claims = Map.copyOf(claims);
  }

  /// Reads the ledger from the brokers: a few hundred bytes an item.
  public static Ledger read(Cluster cluster, CollectionKey collection) {
    Map<DocumentId, Claim> claims = new HashMap<>();
    Topics topics = cluster.topics();
    for (Claim claim :
        Replay.last(cluster, List.of(topics.jobsSmall(), topics.jobsLarge()), ClaimCodec::read)) {
      if (claim.collection().equals(collection)) {
        // Of its lanes, and of tries and retries, the newest counts.
        claims.merge(claim.item(), claim, (a, b) -> a.version() >= b.version() ? a : b);
      }
    }
    return new Ledger(claims);
  }
}
