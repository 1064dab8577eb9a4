package brimful.collection.library;

import brimful.kafka.Cluster;
import java.nio.file.Path;

/// The folder of a server's collections, for programs beside the server; they change nothing in it.
public record LibraryFolder(Path folder) {
  /// Returns where a server of a cluster has its collections; empty if the cluster has none.
  public static String origin(Cluster cluster) {
    return KafkaIndexer.origin(cluster);
  }

  /// Returns whether the server reads a collection's sources itself, rather than through Kafka.
  public boolean isReadInProcess(String name) {
    return CollectionFiles.of(folder, name).stream().anyMatch(LocalIndexer::hasIndex);
  }
}
