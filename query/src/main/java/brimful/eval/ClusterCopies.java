package brimful.eval;

import brimful.index.Snapshot;
import brimful.index.StoredItems;
import brimful.opensearch.OpenSearchAddress;
import brimful.opensearch.OpenSearchCluster;
import brimful.opensearch.OpenSearchIndex;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Function;

/// Copies of indexes in OpenSearch, to ask both the same questions. A repository has one copy,
/// which follows its commits. They are dropped at the end. For one thread.
public final class ClusterCopies implements AutoCloseable {
  /// A cluster that takes thousands of items has pauses.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final OpenSearchCluster cluster;
  private final String tokenizer;
  private final SequencedMap<String, Copy> copies = new LinkedHashMap<>();

  private record Copy(String collection, OpenSearchIndex index) {}

  /// @throws brimful.corpus.UserError if the cluster cannot be used
  public ClusterCopies(OpenSearchAddress address, String tokenizer) {
    this.cluster = OpenSearchCluster.open(address, PATIENCE);
    this.tokenizer = tokenizer;
  }

  /// Uses a copy of a snapshot; only what differs from the repository's last one is written.
  public <T> T use(String repository, Snapshot snapshot, Function<Snapshot, T> use) {
    OpenSearchIndex index = copies.computeIfAbsent(repository, _ -> create()).index();
    new StoredItems(snapshot).copyTo(index);
    try (Snapshot copy = index.snapshot()) {
      return use.apply(copy);
    }
  }

  private Copy create() {
    String collection = "eval-" + UUID.randomUUID();
    return new Copy(collection, cluster.index(collection, tokenizer));
  }

  @Override
  public void close() {
    try (cluster) {
      copies.values().forEach(this::drop);
    }
  }

  private void drop(Copy copy) {
    try (OpenSearchIndex _ = copy.index()) {
      cluster.drop(copy.collection());
    }
  }
}
