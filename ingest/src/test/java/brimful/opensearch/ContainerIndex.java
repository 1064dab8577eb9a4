package brimful.opensearch;

import brimful.testing.OpenSearchContainer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An index of a collection of its own for each test, all in the same indexes of the engine in a
/// container.
final class ContainerIndex implements BeforeEachCallback, AfterEachCallback {
  private static final AtomicInteger COLLECTIONS = new AtomicInteger();

  private final String prefix;
  private OpenSearchCluster cluster;
  private OpenSearchIndex index;

  /// @param prefix of the collections' names
  ContainerIndex(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    var address = OpenSearchAddress.of(OpenSearchContainer.option(), Map.of());
    cluster = OpenSearchCluster.open(address, Duration.ofSeconds(10));
    index = cluster.index(prefix + COLLECTIONS.incrementAndGet(), "estimate");
  }

  @Override
  public void afterEach(ExtensionContext context) {
    index.close();
    cluster.close();
  }

  OpenSearchIndex index() {
    return index;
  }
}
