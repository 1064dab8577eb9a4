package brimful.kafka.index;

import brimful.index.LuceneIndex;
import brimful.kafka.JobProgress;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.JobCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The indexes of all collections in one folder: `folder/NAME/TOKENIZER`. Safe for many threads.
public final class CollectionIndexes implements AutoCloseable {
  private final Path folder;
  private final String topic;
  private final Map<CollectionKey, CollectionIndex> open = new TreeMap<>();

  private CollectionIndexes(Path folder, String topic) {
    this.folder = folder;
    this.topic = topic;
  }

  /// Opens all indexes of a folder.
  ///
  /// @param topic the id of the topic that they are built from
  static CollectionIndexes open(Path folder, String topic) {
    var indexes = new CollectionIndexes(folder, topic);
    for (CollectionKey key : list(folder)) {
      indexes.open.put(key, indexes.load(key));
    }
    return indexes;
  }

  /// Returns the collections in a folder, in order; none if the folder does not exist.
  public static List<CollectionKey> list(Path folder) {
    var keys = new ArrayList<CollectionKey>();
    for (Path name : children(folder)) {
      for (Path tokenizer : children(name)) {
        keys.add(
            new CollectionKey(name.getFileName().toString(), tokenizer.getFileName().toString()));
      }
    }
    keys.sort(null);
    return keys;
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns where a collection's index is.
  public static Path folder(Path folder, CollectionKey key) {
    return folder.resolve(key.name()).resolve(key.tokenizer());
  }

  /// Deletes all indexes of a folder, so that they are rebuilt from the topic.
  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot delete the indexes in %s: stop what uses them".formatted(folder), e);
    }
  }

  private CollectionIndex load(CollectionKey key) {
    LuceneIndex index = LuceneIndex.open(folder(folder, key), key.tokenizer());
    return new CollectionIndex(index, topic, Instant.now());
  }

  /// Returns a collection's index. A new one is committed at once with the present positions, so
  /// that after a crash its first records do not look as if they had been read.
  ///
  /// @param positions the first offset of each partition that is in no commit yet
  synchronized CollectionIndex of(CollectionKey key, Map<Integer, Long> positions) {
    return open.computeIfAbsent(
        key,
        _ -> {
          CollectionIndex created = load(key);
          created.commit(positions, Instant.now());
          return created;
        });
  }

  /// Returns where reading of a partition must start so that no collection misses anything.
  synchronized long offset(int partition) {
    return open.values().stream().mapToLong(index -> index.offset(partition)).min().orElse(0);
  }

  synchronized boolean isChanged() {
    return open.values().stream().anyMatch(CollectionIndex::isChanged);
  }

  synchronized void commit(Map<Integer, Long> positions, Instant now) {
    open.values().forEach(index -> index.commit(positions, now));
  }

  /// Returns the counts of the latest jobs of all collections, by [JobProgress] key.
  synchronized Map<String, JobCounts> jobs() {
    var jobs = new TreeMap<String, JobCounts>();
    open.forEach((key, index) ->
        index.jobs().forEach((job, counts) -> jobs.put(JobProgress.jobKey(key, job), counts)));
    return jobs;
  }

  @Override
  public synchronized void close() {
    open.values().forEach(CollectionIndex::close);
  }
}
