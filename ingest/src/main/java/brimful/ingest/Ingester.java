package brimful.ingest;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.index.ChunkIndex;
import brimful.index.ItemState;
import brimful.index.Snapshot;
import brimful.source.Listed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Brings an index up to date with a source, on all cores of this machine.
///
/// Only files whose stamp has changed are read; those that vanished are forgotten. The workers take
/// the next file from one shared list, so at most one file a worker is in memory. The state is
/// committed every [#BYTES_PER_COMMIT], so that an ingest that is killed loses little, and the next
/// one goes on from there.
public final class Ingester {
  /// How much is read between two commits: about half a minute of source code, seldom enough that
  /// the index is not cut into small segments.
  static final long BYTES_PER_COMMIT = 256L << 20;

  private final Stages stages;
  private final ChunkIndex index;
  private final int workers;

  /// @param workers how many files are read at once, at least 1
  public Ingester(Stages stages, ChunkIndex index, int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("%d workers: give at least 1".formatted(workers));
    }
    this.stages = stages;
    this.index = index;
    this.workers = workers;
  }

  /// Reads what has changed of a source, and commits.
  ///
  /// @param listed every file of the source, as [brimful.source.Source#list] returns it
  /// @throws CancellationException if the calling thread is interrupted; the index keeps its last
  ///   commit
  public Ingested ingest(List<Listed> listed, Progress progress) {
    SequencedMap<DocumentId, ItemState> known;
    try (Snapshot snapshot = index.snapshot()) {
      known = snapshot.items();
    }
    Plan plan = Plan.of(listed, known);
    plan.vanished().forEach(index::remove);
    Map<DocumentId, Outcome> outcomes = new HashMap<>(plan.settled());
    if (!plan.toRead().isEmpty()) {
      long bytes = plan.toRead().stream().mapToLong(Listed.File::bytes).sum();
      progress.starts(plan.toRead().size(), bytes);
      outcomes.putAll(readAll(plan.toRead(), progress));
    }
    if (!plan.toRead().isEmpty() || !plan.vanished().isEmpty()) {
      index.commit();
      progress.ends();
    }
    // The list is in canonical order already, and sorting thousands of paths shows at each start.
    SequencedMap<DocumentId, Outcome> ordered = LinkedHashMap.newLinkedHashMap(listed.size());
    for (Listed one : listed) {
      Outcome outcome = outcomes.get(one.id());
      if (outcome != null) {
        ordered.put(one.id(), outcome);
      }
    }
    return new Ingested(ordered, plan.toRead().size(), plan.vanished().size());
  }

  private Map<DocumentId, Outcome> readAll(List<Listed.File> files, Progress progress) {
    var next = new AtomicInteger();
    var uncommitted = new AtomicLong();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            workers, Thread.ofPlatform().daemon().name("ingest-", 0).factory())) {
      List<Future<Map<DocumentId, Outcome>>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        running.add(pool.submit(() -> work(files, next, uncommitted, progress)));
      }
      Map<DocumentId, Outcome> outcomes = new HashMap<>();
      try {
        for (Future<Map<DocumentId, Outcome>> worker : running) {
          outcomes.putAll(worker.get());
        }
      } catch (InterruptedException e) {
        pool.shutdownNow();
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while reading");
      } catch (ExecutionException e) {
        pool.shutdownNow();
        throw unchecked(e);
      }
      return outcomes;
    }
  }

  private Map<DocumentId, Outcome> work(
      List<Listed.File> files, AtomicInteger next, AtomicLong uncommitted, Progress progress) {
    Map<DocumentId, Outcome> outcomes = new HashMap<>();
    for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
      if (Thread.currentThread().isInterrupted()) {
        return outcomes;
      }
      Listed.File file = files.get(i);
      Item item = stages.process(file);
      index.put(item);
      outcomes.put(item.id(), item.outcome());
      progress.read(item, file.bytes());
      if (uncommitted.addAndGet(file.bytes()) > BYTES_PER_COMMIT) {
        uncommitted.set(0);
        index.commit();
      }
    }
    return outcomes;
  }

  /// Workers throw only what is unchecked: a broken disk, or a bug.
  private static RuntimeException unchecked(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException broken -> broken;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(e);
    };
  }

  /// What is to be done: read, forgotten, or known already.
  ///
  /// @param toRead largest first, so that no worker is left alone with a big file at the end
  record Plan(
      List<Listed.File> toRead, List<DocumentId> vanished, Map<DocumentId, Outcome> settled) {
    static Plan of(List<Listed> listed, Map<DocumentId, ItemState> known) {
      List<Listed.File> toRead = new ArrayList<>();
      Map<DocumentId, Outcome> settled = new HashMap<>();
      Map<DocumentId, ItemState> unseen = new LinkedHashMap<>(known);
      for (Listed one : listed) {
        switch (one) {
          case Listed.Left(DocumentId id, Outcome outcome) -> settled.put(id, outcome);
          case Listed.File file -> {
            ItemState state = unseen.remove(file.id());
            if (state != null && state.stamp().equals(file.stamp())) {
              settled.put(file.id(), state.outcome());
            } else {
              toRead.add(file);
            }
          }
        }
      }
      toRead.sort(
          Comparator.comparingLong(Listed.File::bytes).reversed().thenComparing(Listed.File::id));
      return new Plan(toRead, List.copyOf(unseen.keySet()), settled);
    }
  }
}
