package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.kafka.record.CollectionKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/// Drops collections: deletes all of their items, and tells index workers to remove their indexes.
public final class CollectionDrop {
  private CollectionDrop() {}

  /// A collection that is being dropped, and the job that deletes its items.
  public record Dropped(CollectionKey collection, Submitter.Submitted submitted) {}

  /// Submits the deletes of a collection, whatever tokenizers it was submitted for, and deletes its
  /// dead letters.
  ///
  /// @return what was submitted; empty if there is no such collection
  public static List<Dropped> submit(
      Cluster cluster, Publisher publisher, String name, Clock clock) {
    var dropped = new ArrayList<Dropped>();
    for (CollectionKey key : keys(cluster, name)) {
      SubmittedItems before = SubmittedItems.read(cluster, key);
      Submitter.Submitted submitted =
          new Submitter(publisher, key, before, clock).submit(new LinkedHashMap<>(), _ -> false);
      // Those of the deletes are one higher, or the time.
      publisher.drop(key, Math.max(before.version() + 1, clock.millis())).join();
      dropped.add(new Dropped(key, submitted));
    }
    if (!dropped.isEmpty()) {
      long _ =
          DeadLetters.purge(
              cluster, publisher, letter -> letter.claim().collection().name().equals(name));
    }
    return dropped;
  }

  private static List<CollectionKey> keys(Cluster cluster, String name) {
    // Keys only: the claims of all other collections are in the same topics.
    var live = new HashSet<String>();
    try (var tail = new TopicTail(cluster, cluster.topics().jobs())) {
      tail.read(message -> {
        if (message.key() == null) {
          return;
        }
        String key = message.topic() + '\0' + new String(message.key(), UTF_8);
        if (!key.split("\0", 3)[1].equals(name)) {
          return;
        }
        if (message.value() == null) {
          live.remove(key);
        } else {
          live.add(key);
        }
      });
    }
    var keys = new TreeSet<CollectionKey>();
    for (String key : live) {
      // The topic's name precedes the key.
      String[] words = key.split("\0", 4);
      if (words.length == 4) {
        keys.add(new CollectionKey(words[1], words[2]));
      }
    }
    return List.copyOf(keys);
  }
}
