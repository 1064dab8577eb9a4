package brimful.ingest;

import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.OutOfHeap;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.extract.Ending;
import brimful.extract.ParseProgress;
import brimful.index.ChunkIndex;
import brimful.index.ItemParts;
import brimful.index.ItemState;
import brimful.index.Snapshot;
import brimful.source.Listed;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings an index up to date with a source, on all cores of this machine.
///
/// Only files whose stamp has changed are read; those that vanished are forgotten. What a rule
/// leaves out is noted, so that the index alone tells how every file ended. The workers take the
/// next file from one shared list, so at most a part of one file a worker is in memory. The state
/// is committed every [#BYTES_PER_COMMIT], so that an ingest that is killed loses little, and the
/// next one goes on from there.
public final class Ingester {
  /// How much is read between two commits: about half a minute of source code, seldom enough that
  /// the index is not cut into small segments.
  static final long BYTES_PER_COMMIT = 256L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Ingester.class);

  /// The stamp of what was never opened: when a rule lets it in, its stamp is another.
  private static final String UNREAD = "";

  private final Stages stages;
  private final ChunkIndex index;
  private final int workers;
  private final Clock clock;

  /// @param workers how many files are read at once, at least 1
  public Ingester(Stages stages, ChunkIndex index, int workers) {
    this(stages, index, workers, Clock.systemUTC());
  }

  /// @param clock tells the day on which a text was read that may have to be kept
  Ingester(Stages stages, ChunkIndex index, int workers, Clock clock) {
    if (workers < 1) {
      throw new IllegalArgumentException("%s workers: give at least 1".formatted(workers));
    }
    this.stages = stages;
    this.index = index;
    this.workers = workers;
    this.clock = clock;
  }

  /// Which items of an index a listing speaks for, and which of them are read though they have not
  /// changed.
  ///
  /// @param stored what another index has of the same files, which is taken from there
  public record Scope(
      Predicate<DocumentId> covers, Predicate<ItemState> again, StoredFiles stored) {
    /// The whole index, and only what has changed.
    public static final Scope ALL = new Scope(_ -> true, _ -> false, StoredFiles.NONE);
  }

  /// Reads what has changed of the only source of an index, and commits.
  ///
  /// @param listed every file of the source, as [brimful.source.Source#list] returns it
  /// @throws CancellationException if the calling thread is interrupted; the index keeps its last
  ///   commit
  public Ingested ingest(List<Listed> listed, Progress progress) {
    return ingest(listed, Scope.ALL, progress);
  }

  /// Reads what has changed of one source among several, and commits.
  ///
  /// @param listed every file of the source; none forgets all of it
  /// @throws CancellationException if the calling thread is interrupted, then the index keeps its
  ///   last commit and must be closed; or if the progress says so, then it has what was read
  public Ingested ingest(List<Listed> listed, Scope scope, Progress progress) {
    ReadingPlan plan = plan(listed, scope);
    if (plan.isAny() && index.claim()) {
      // Another process has changed it meanwhile, and may have read all that is new.
      plan = plan(listed, scope);
    }
    say(plan.kept(), "cannot be had", progress);
    Map<DocumentId, Outcome> outcomes = new HashMap<>(plan.settled());
    Map<Boolean, List<Listed.File>> toRead =
        plan.toRead().stream().collect(Collectors.partitioningBy(scope.stored()::has));
    List<Listed.File> read = toRead.getOrDefault(false, List.of());
    if (plan.isAny()) {
      try (var texts = new EarlierTexts(index, plan.mayBeKept())) {
        plan.vanished().forEach(index::remove);
        plan.toNote().forEach(left -> index.put(Item.without(left.id(), UNREAD, left.outcome())));
        plan.toKeep().forEach(texts::put);
        outcomes.putAll(
            take(toRead.getOrDefault(true, List.of()), scope.stored(), texts, progress));
        outcomes.putAll(read(read, texts, progress));
        index.commit();
        say(texts.kept(), "could not be read", progress);
      } finally {
        progress.ends();
      }
    }
    if (progress.isCancelled()) {
      throw new CancellationException("cancelled while reading");
    }
    // The list is in canonical order already, and sorting thousands of paths shows at each start.
    SequencedMap<DocumentId, Outcome> ordered = LinkedHashMap.newLinkedHashMap(listed.size());
    for (Listed one : listed) {
      Outcome outcome = outcomes.get(one.id());
      if (outcome != null) {
        ordered.put(one.id(), outcome);
      }
    }
    return new Ingested(ordered, read.size(), plan.vanished().size());
  }

  private static void say(int kept, String why, Progress progress) {
    if (kept > 0) {
      progress.says(
          String.format(
              Locale.ROOT, "%,d that %s now: the index keeps what it has of them", kept, why));
    }
  }

  private Map<DocumentId, Outcome> take(
      List<Listed.File> files, StoredFiles stored, EarlierTexts texts, Progress progress) {
    return files.isEmpty()
        ? Map.of()
        : readAll(files, new Taking(stored, texts, progress), new Silent(progress));
  }

  private Map<DocumentId, Outcome> read(
      List<Listed.File> files, EarlierTexts texts, Progress progress) {
    if (files.isEmpty()) {
      return Map.of();
    }
    stages.forecast(files).ifPresent(progress::says);
    progress.starts(files.size(), files.stream().mapToLong(Listed.File::bytes).sum());
    return readAll(files, new Reading(texts, progress), progress);
  }

  private ReadingPlan plan(List<Listed> listed, Scope scope) {
    Map<DocumentId, ItemState> known = new LinkedHashMap<>();
    try (Snapshot snapshot = index.snapshot()) {
      snapshot
          .items()
          .forEach((id, state) -> {
            if (scope.covers().test(id)) {
              known.put(id, state);
            }
          });
    }
    return ReadingPlan.of(listed, known, scope.again());
  }

  /// Passes on only whether to stop: items copied from another index do not count as read.
  private record Silent(Progress progress) implements Progress {
    @Override
    public void starts(int files, long bytes) {}

    @Override
    public void read(Outcome outcome, long tokens, long bytes) {}

    @Override
    public void ends() {}

    @Override
    public boolean isCancelled() {
      return progress.isCancelled();
    }
  }

  private Map<DocumentId, Outcome> readAll(
      List<Listed.File> files, Function<Listed.File, Put> put, Progress progress) {
    var next = new AtomicInteger();
    var uncommitted = new AtomicLong();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            workers, Thread.ofPlatform().daemon().name("ingest-", 0).factory())) {
      List<Future<Map<DocumentId, Outcome>>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        running.add(pool.submit(() -> work(files, put, next, uncommitted, progress)));
      }
      Map<DocumentId, Outcome> outcomes = new HashMap<>();
      try {
        for (Future<Map<DocumentId, Outcome>> worker : running) {
          // A worker that is done gives its result even to one who was interrupted.
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
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
      List<Listed.File> files,
      Function<Listed.File, Put> put,
      AtomicInteger next,
      AtomicLong uncommitted,
      Progress progress) {
    Map<DocumentId, Outcome> outcomes = new HashMap<>();
    for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
      if (Thread.currentThread().isInterrupted() || progress.isCancelled()) {
        return outcomes;
      }
      Listed.File file = files.get(i);
      Put done;
      try {
        done = put.apply(file);
      } catch (CancellationException e) {
        // In the middle of a large file, of which the index holds nothing now.
        return outcomes;
      }
      outcomes.put(file.id(), done.outcome());
      progress.read(done.outcome(), done.tokens(), file.bytes());
      if (uncommitted.addAndGet(file.bytes()) > BYTES_PER_COMMIT && index.tryCommit()) {
        uncommitted.set(0);
      }
    }
    return outcomes;
  }

  /// What is in the index now of a file.
  private record Put(Outcome outcome, long tokens) {}

  /// Reads files.
  private final class Reading implements Function<Listed.File, Put> {
    private final EarlierTexts texts;
    private final Progress progress;

    Reading(EarlierTexts texts, Progress progress) {
      this.texts = texts;
      this.progress = progress;
    }

    @Override
    public Put apply(Listed.File file) {
      try {
        return put(file, early -> dated(file, early), texts, progress);
      } catch (UncheckedIOException | UserError | CancellationException e) {
        // The disk under the index is full or broken, which concerns every file.
        throw e;
      } catch (RuntimeException e) {
        LOG.debug("cannot index source={}", file.id(), e);
        Outcome failed = Ending.thrown(e).outcome();
        // If it was the index after all, this throws too.
        index.put(Item.without(file.id(), file.stamp(), failed));
        return new Put(failed, 0);
      }
    }

    private Item dated(Listed.File file, Consumer<List<Document>> early) {
      Item item = stages.process(file, ParseProgress.silent(), early).item();
      return file.content().mayBeAway() && item.outcome().hasText()
          ? item.with(
              Listed.File.dated(item.stamp(), LocalDate.now(clock).toString()), item.outcome())
          : item;
    }
  }

  /// Takes files from another index. Whatever is wrong with that index, the files are here.
  private final class Taking implements Function<Listed.File, Put> {
    private final StoredFiles stored;
    private final EarlierTexts texts;
    private final Progress progress;

    Taking(StoredFiles stored, EarlierTexts texts, Progress progress) {
      this.stored = stored;
      this.texts = texts;
      this.progress = progress;
    }

    @Override
    public Put apply(Listed.File file) {
      try {
        return put(file, early -> stored.item(file, early), texts, progress);
      } catch (CancellationException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.warn("cannot take file from another index, reading it source={}", file.id(), e);
        return new Reading(texts, progress).apply(file);
      }
    }
  }

  /// Puts a file part by part, unless it cannot be had now and has an earlier text.
  private Put put(
      Listed.File file,
      Function<Consumer<List<Document>>, Item> process,
      EarlierTexts texts,
      Progress progress) {
    var tokens = new AtomicLong();
    Item last;
    try (ItemParts parts = index.begin(file.id())) {
      last =
          process.apply(part -> {
            if (Thread.currentThread().isInterrupted() || progress.isCancelled()) {
              throw new CancellationException("stopped in the middle of a file");
            }
            parts.add(part);
            tokens.addAndGet(tokens(part));
          });
      if (!texts.isKept(last)) {
        parts.end(last);
        boolean failed = last.outcome() instanceof Outcome.Failed;
        return new Put(last.outcome(), failed ? 0 : tokens.get() + tokens(last.documents()));
      }
    }
    return new Put(texts.keep(last), 0);
  }

  private static long tokens(List<Document> documents) {
    return documents.stream().mapToLong(Document::tokens).sum();
  }

  /// Workers throw only what is unchecked: a broken disk, or a bug.
  private static RuntimeException unchecked(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException broken -> broken;
      case OutOfMemoryError ours -> OutOfHeap.error(ours);
      case Error error -> throw error;
      case null, default -> new IllegalStateException(e);
    };
  }
}
