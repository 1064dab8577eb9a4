package brimful.opensearch;

import brimful.testing.OpenSearchContainer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// An index of a collection of its own, in the same indexes of the engine in a container as all
/// others.
final class ContainerIndex implements AutoCloseable {
  private static final AtomicInteger COLLECTIONS = new AtomicInteger();

  private final OpenSearchCluster cluster;
  private final OpenSearchIndex index;

  /// @param prefix of the collection's name
  ContainerIndex(String prefix) {
    var address = OpenSearchAddress.of(OpenSearchContainer.option(), Map.of());
    cluster = OpenSearchCluster.open(address, Duration.ofSeconds(10));
    index = cluster.index(prefix + COLLECTIONS.incrementAndGet(), "estimate");
  }

  OpenSearchIndex index() {
    return index;
  }

  @Override
  public void close() {
    index.close();
    cluster.close();
  }
}
