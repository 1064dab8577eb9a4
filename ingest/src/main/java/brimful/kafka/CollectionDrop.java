package brimful.kafka;

import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/// Drops collections: deletes all of their items, and tells index workers to remove their indexes.
public final class CollectionDrop {
  private CollectionDrop() {}

  /// A collection that is being dropped, and the job that deletes its items.
  public record Dropped(CollectionKey collection, Submitter.Submitted submitted) {}

  /// Submits the deletes of a collection, whatever tokenizers it was submitted for.
  ///
  /// @return what was submitted; empty if there is no such collection
  public static List<Dropped> submit(
      Cluster cluster, Publisher publisher, String name, Clock clock) {
    var dropped = new ArrayList<Dropped>();
    for (CollectionKey key : keys(cluster, name)) {
      ClaimLedger before = ClaimLedger.read(cluster, key);
      Submitter.Submitted submitted =
          new Submitter(publisher, key, before, clock).submit(new LinkedHashMap<>(), _ -> false);
      // Those of the deletes are one higher, or the time.
      long last = before.claims().values().stream().mapToLong(Claim::version).max().orElse(0);
      publisher.drop(key, Math.max(last + 1, clock.millis())).join();
      dropped.add(new Dropped(key, submitted));
    }
    return dropped;
  }

  private static List<CollectionKey> keys(Cluster cluster, String name) {
    var keys = new TreeSet<CollectionKey>();
    for (String key : TopicReplay.last(cluster, cluster.topics().jobs()).keySet()) {
      // The topic's name precedes the key.
      String[] words = key.split("\0", 4);
      if (words.length == 4 && words[1].equals(name)) {
        keys.add(new CollectionKey(words[1], words[2]));
      }
    }
    return List.copyOf(keys);
  }
}
