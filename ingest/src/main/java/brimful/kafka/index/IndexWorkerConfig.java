package brimful.kafka.index;

import java.nio.file.Path;
import java.util.Set;

/// How an index worker works.
///
/// @param store where the collections' indexes are; its owner closes it
/// @param group the consumer group that it reports and commits as, one for each store
/// @param threads how many partitions are indexed at once
/// @param skipped records to leave out if they cannot be read, as `TOPIC-PARTITION@OFFSET`
public record IndexWorkerConfig(IndexStore store, String group, int threads, Set<String> skipped) {
  public IndexWorkerConfig {
    skipped = Set.copyOf(skipped);
  }

  public IndexWorkerConfig(Path folder, String group, int threads, Set<String> skipped) {
    this(new FolderStore(folder), group, threads, skipped);
  }
}
