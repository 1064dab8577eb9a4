package brimful.kafka;

import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Revision;
import brimful.kafka.record.Revisions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Publishes the results of many small collections, as workers do: the load of
/// `bench/many-collections`.
final class ManyCollections {
  private ManyCollections() {}

  /// @param words the broker's address, the number of collections, files of each, and the first
  ///   file's number
  public static void main(String[] words) {
    int collections = Integer.parseInt(words[1]);
    int files = Integer.parseInt(words[2]);
    int first = Integer.parseInt(words[3]);
    long version = Clock.systemUTC().millis();
    try (Cluster cluster =
            Cluster.open(
                Connection.of(words[0], Optional.empty()), new Topics(Topics.PREFIX_DEFAULT));
        var publisher = new Publisher(cluster)) {
      List<CompletableFuture<Void>> sent = new ArrayList<>();
      for (int number = 0; number < collections; number++) {
        var collection =
            new CollectionKey(String.format(Locale.ROOT, "c%05d", number), "deepseek-v3");
        for (int file = first; file < first + files; file++) {
          Revision revision =
              Revisions.of(
                  collection, "file" + file, version, "text%s of %s".formatted(file, collection));
          sent.add(publisher.publish(revision));
        }
      }
      publisher.flush();
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    }
  }
}
