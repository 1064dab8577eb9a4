package brimful.collection.library;

import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.kafka.Submitter;
import brimful.source.copy.FetchWatch;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the jobs of collections in threads of its own: one after another, or those of different
/// collections side by side. Safe for many threads.
final class JobRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final int GOODBYE_SECONDS_MAX = 10;

  private final CollectionStore collections;
  private final Indexer indexer;
  private final Clock clock;
  private final JobRuns runs = new JobRuns();

  /// Folders of collections whose index was lost, and whose sources are being read again.
  private final Set<String> rebuilding = ConcurrentHashMap.newKeySet();

  /// Sources that were read to the end by this process, with all that lies in them.
  private final Set<String> settled = ConcurrentHashMap.newKeySet();

  private final TicketLock turns;

  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("job-", 0).factory());

  JobRunner(CollectionStore collections, Indexer indexer, Clock clock) {
    this.collections = collections;
    this.indexer = indexer;
    this.clock = clock;
    turns = new TicketLock(indexer.sideBySide());
  }

  /// Returns the jobs since the start.
  JobRuns runs() {
    return runs;
  }

  /// Runs a task beside the jobs, which do not wait for it.
  void execute(Runnable task) {
    workers.execute(task);
  }

  /// @throws UserError if no job with that id is known
  JobRun run(String id) {
    return run(id, _ -> true);
  }

  /// Returns a job of an allowed collection.
  JobRun run(String id, Predicate<String> allowed) {
    return runs.get(id)
        .filter(run -> allowed.test(run.job().collection()))
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.NOT_FOUND,
                String.format(
                    Locale.ROOT,
                    "no job %s: jobs are known until the server ends, the last %,d of them",
                    id,
                    JobRuns.KEPT_MAX)));
  }

  /// @throws UserError if the collection has no such source
  static CollectionSource source(Collection collection, String source) {
    return collection
        .source(source)
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.NOT_FOUND,
                "collection %s has no source %s: see its list"
                    .formatted(collection.name(), source)));
  }

  /// Deletes a collection and cancels its jobs; its folder is deleted when they have ended.
  void delete(Collection collection) {
    TicketLock.Ticket ticket;
    synchronized (this) {
      collections.delete(collection);
      runs.cancel(collection);
      ticket = turns.ticket(collection.name());
    }
    workers.execute(() -> clear(collection, ticket));
  }

  private void clear(Collection collection, TicketLock.Ticket ticket) {
    try {
      ticket.await();
      indexer.drop(collection);
      CollectionFiles.clear(collections.folder(collection));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("collection is not gone yet name={} cause={}", collection.name(), e.toString());
    } finally {
      ticket.end();
    }
  }

  /// Starts a job.
  ///
  /// @param again which unchanged files to read all the same
  JobRun begin(Collection collection, String source, Job.Kind kind, Predicate<Outcome> again) {
    return begin(collection, waiting(collection, source, kind, ""), again);
  }

  /// Starts to read a source, after those that it lies in: what both list is read as theirs.
  JobRun sync(Collection collection, String source, boolean retryFailed) {
    Predicate<Outcome> again = outcome -> retryFailed && outcome instanceof Outcome.Failed;
    for (CollectionSource outer : around(collection, source)) {
      var _ =
          retryFailed
              ? begin(collection, outer.id(), Job.Kind.SYNC, again)
              : beginPart(collection, outer.id(), "");
    }
    return begin(collection, source, Job.Kind.SYNC, again);
  }

  /// Does the same for one repository of it, unless jobs that will have not begun yet.
  JobRun syncPart(Collection collection, String source, String part) {
    around(collection, source).forEach(outer -> beginPart(collection, outer.id(), ""));
    return beginPart(collection, source, part);
  }

  private static List<CollectionSource> around(Collection collection, String source) {
    return collection
        .source(source)
        .map(inner -> Enclosure.around(collection, inner))
        .orElse(List.of());
  }

  /// Starts to read one repository of a source, or all of it, unless a job that will has not begun
  /// yet.
  synchronized JobRun beginPart(Collection collection, String source, String part) {
    return runs.waiting(collection, source, part)
        .orElseGet(
            () -> begin(collection, waiting(collection, source, Job.Kind.SYNC, part), _ -> false));
  }

  private JobRun begin(Collection collection, JobRun run, Predicate<Outcome> again) {
    String source = run.job().source();
    TicketLock.Ticket ticket;
    synchronized (this) {
      update(collection, source, is -> is.readBy(run.job().id()));
      runs.add(run);
      ticket = turns.ticket(collection.name());
    }
    workers.execute(() -> work(run, collection, again, ticket));
    return run;
  }

  /// Adds a running job for a count that the calling thread does itself.
  JobRun count(Collection collection, String wanted) {
    JobRun run = waiting(collection, wanted, Job.Kind.COUNT, "");
    runs.add(run);
    boolean _ = run.start();
    return run;
  }

  private JobRun waiting(Collection collection, String source, Job.Kind kind, String part) {
    Instant now = clock.instant();
    var job =
        new Job(
            Submitter.job(now),
            collection.name(),
            source,
            kind,
            Job.State.WAITING,
            Job.Counts.NONE,
            now,
            Instant.MAX,
            Instant.MAX,
            "",
            "");
    return new JobRun(job, collection.folder(), part, clock);
  }

  private void work(
      JobRun run, Collection collection, Predicate<Outcome> again, TicketLock.Ticket ticket) {
    try {
      ticket.await();
      if (run.start()) {
        work(run, collection, again);
        run.end(Job.State.DONE, "");
      }
    } catch (InterruptedException | CancellationException e) {
      run.end(Job.State.CANCELLED, "");
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
      // Whatever a job throws ends that job only.
      run.end(Job.State.FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
    } finally {
      ticket.end();
    }
  }

  private void work(JobRun run, Collection begun, Predicate<Outcome> again) {
    Job job = run.job();
    Collection collection = collections.now(begun);
    if (job.kind() == Job.Kind.SYNC && collection.source(job.source()).isEmpty()) {
      throw new CancellationException("the source was removed meanwhile");
    }
    CollectionSource known = source(collection, job.source());
    CollectionSource source = known.only(run.part());
    switch (job.kind()) {
      case SYNC -> {
        boolean wasSettled = settled.remove(key(collection, known));
        FetchWatch.ending(run::isCancelled)
            .during(() -> {
              indexer.sync(collection, source, again, run);
              return source;
            });
        if (run.part().isEmpty()) {
          rebuilding.remove(collection.folder());
          endSync(collection, known, wasSettled && isUnchanged(run.job().counts()));
        }
      }
      case COUNT -> throw new IllegalArgumentException("a count is done by who needs it");
      case REMOVE -> {
        indexer.remove(collection, source, run);
        readAgain(collection, Enclosure.within(collection, source), is -> is.without(source.id()));
        if (source.isUploads()) {
          CollectionFiles.clear(collections.folder(collection).resolve(CollectionSource.UPLOADS));
        }
      }
    }
  }

  private static String key(Collection collection, CollectionSource source) {
    return collection.folder() + "/" + source.id();
  }

  private static boolean isUnchanged(Job.Counts counts) {
    return counts.files() == 0 && counts.removed() == 0;
  }

  /// Notes that a source was read, and reads those in it again, whose rest may be another one now.
  ///
  /// @param unchanged whether it is as it was when those in it were read
  private void endSync(Collection collection, CollectionSource read, boolean unchanged) {
    List<CollectionSource> within =
        Enclosure.within(collections.now(collection), read).stream()
            .filter(one -> !unchanged || !one.isSynced())
            .toList();
    Instant now = clock.instant();
    readAgain(
        collection,
        within,
        is -> is.source(read.id()).map(one -> is.with(one.syncedAt(now))).orElse(is));
    settled.add(key(collection, read));
  }

  /// Reads sources again whose files now are, or were until now, those of another one. Until that
  /// is done they count as unread, so that a restarted server does it.
  ///
  /// @param change what is changed in the same step
  private void readAgain(
      Collection collection, List<CollectionSource> sources, UnaryOperator<Collection> change) {
    Collection now =
        collections.change(
            collection,
            is -> {
              Collection changed = change.apply(is);
              for (CollectionSource one : sources) {
                Optional<CollectionSource> still = changed.source(one.id());
                if (still.isPresent()) {
                  changed = changed.with(still.get().syncedAt(Instant.EPOCH));
                }
              }
              return changed;
            });
    for (CollectionSource one : sources) {
      var _ = beginPart(now, one.id(), "");
    }
  }

  private void update(
      Collection collection, String source, UnaryOperator<CollectionSource> change) {
    collections.change(
        collection, is -> is.source(source).map(found -> is.with(change.apply(found))).orElse(is));
  }

  /// Rereads all sources of a collection whose index has another version or is damaged.
  ///
  /// @param resume starts to read a source
  void rebuildIfLost(Collection collection, Consumer<CollectionSource> resume) {
    try {
      if (!indexer.isLost(collection) || !rebuilding.add(collection.folder())) {
        return;
      }
      LOG.warn("index is lost, reading its sources again collection={}", collection.name());
      for (CollectionSource source : collection.sources()) {
        if (!runs.isUnderWay(collection, source.id())) {
          resume.accept(source);
        }
      }
    } catch (UserError | UncheckedIOException e) {
      // It may have been deleted a moment ago.
      if (!(e instanceof UserError known && known.kind() == UserError.Kind.NOT_FOUND)) {
        LOG.warn(
            "index cannot be opened collection={} cause={}", collection.name(), e.getMessage());
      }
    }
  }

  /// Cancels the jobs, and gives them a moment to end.
  @Override
  public void close() {
    runs.cancelAll();
    workers.shutdown();
    try {
      boolean _ = workers.awaitTermination(GOODBYE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
