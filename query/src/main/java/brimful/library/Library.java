package brimful.library;

import brimful.collection.Corpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.queue.Cluster;
import brimful.queue.Submitter;
import brimful.store.ProcessLock;
import brimful.token.TokenCounter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The collections of a server, and the jobs that bring them up to date.
///
/// A collection is made of sources; each job reads one of them, or forgets it. What is read is in
/// the index when the job is done. A server that starts again goes on with what it had not read to
/// the end, and reads again what an index has lost. Safe for many threads.
public final class Library implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Library.class);
  private static final String INCOMING = "incoming";
  private static final int GOODBYE_SECONDS_MAX = 10;

  private final Places places;
  private final Feeder feeder;
  private final Clock clock;
  private final String tokenizer;
  private final Tenancy mode;
  private final Optional<ProcessLock> lock;
  private final Shelves shelves;
  private final Runs runs = new Runs();
  private final TicketLock turns;

  /// Collections whose index was lost, and whose sources are being read again.
  private final Set<String> rebuilding = ConcurrentHashMap.newKeySet();

  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("job-", 0).factory());

  private Library(Path folder, Places places, Feeder feeder, String tokenizer, Tenancy mode) {
    this.places = places;
    this.feeder = feeder;
    this.tokenizer = tokenizer;
    this.mode = mode;
    clock = Clock.systemUTC();
    turns = new TicketLock(feeder.sideBySide());
    try {
      lock = mode.lock(folder);
    } catch (RuntimeException e) {
      feeder.close();
      throw e;
    }
    shelves = new Shelves(folder, tokenizer, mode);
    if (mode != Tenancy.READING) {
      resume();
    }
  }

  /// Goes on with what the last process did not end.
  private void resume() {
    for (Path deleted : shelves.deleted()) {
      workers.execute(() -> ShelfFiles.clear(deleted));
    }
    for (Shelf shelf : shelves.all()) {
      ShelfFiles.clear(shelves.folder(shelf).resolve(INCOMING));
      for (Shelf.Place place : shelf.sources()) {
        if (!place.isSynced()) {
          resume(shelf, place);
        }
      }
      workers.execute(() -> rebuildIfLost(shelf));
    }
  }

  private void resume(Shelf shelf, Shelf.Place place) {
    try {
      start(shelf, place.id(), Job.Kind.SYNC, _ -> false);
    } catch (UserError | UncheckedIOException e) {
      // A full disk: what was read so far can be asked.
      LOG.warn("source is not read now collection={} cause={}", shelf.name(), e.getMessage());
    }
  }

  /// Opens a library that reads sources in this process; no other one may have its folder.
  ///
  /// @param folder where collections and their indexes are kept
  /// @throws UserError of kind BUSY if another process has it
  public static Library local(Path folder, Places places, TokenCounter counter) {
    var feeder = new LocalFeeder(places, counter, folder);
    return new Library(folder, places, feeder, counter.name(), Tenancy.ALONE);
  }

  /// Opens a library that several processes may have at once, if all of them add the same sources.
  public static Library shared(Path folder, Places places, TokenCounter counter) {
    var feeder = new LocalFeeder(places, counter, folder);
    return new Library(folder, places, feeder, counter.name(), Tenancy.SHARED);
  }

  /// Opens a library that shows what another process keeps, and changes nothing.
  public static Library reading(Path folder, Places places, TokenCounter counter) {
    var feeder = new LocalFeeder(places, counter, folder);
    return new Library(folder, places, feeder, counter.name(), Tenancy.READING);
  }

  /// Opens a library whose sources are read by the workers of a cluster, which is closed with it.
  ///
  /// @param indexes where an index worker of this machine keeps them
  public static Library kafka(
      Path folder, Places places, Cluster cluster, String tokenizer, Path indexes) {
    var feeder = new KafkaFeeder(places, cluster, tokenizer, indexes);
    return new Library(folder, places, feeder, tokenizer, Tenancy.ALONE);
  }

  /// Returns what the indexes are counted with.
  public String tokenizer() {
    return tokenizer;
  }

  /// Returns all collections, by name.
  public List<Shelf> shelves() {
    return shelves.all();
  }

  /// Returns a collection.
  ///
  /// @throws UserError if there is none of that name
  public Shelf shelf(String name) {
    return shelves.get(name);
  }

  /// Creates an empty collection.
  ///
  /// @throws UserError if the name is no name for a collection
  /// @throws UserError if there is one
  public Shelf create(String name) {
    return shelves.create(name, clock.instant());
  }

  /// Forgets a collection; what was made for it goes when its jobs have ended, later.
  public void delete(String name) {
    Shelf shelf = shelf(name);
    TicketLock.Ticket ticket;
    synchronized (this) {
      shelves.delete(shelf);
      runs.cancel(shelf);
      ticket = turns.ticket(name);
    }
    workers.execute(() -> clear(shelf, ticket));
  }

  private void clear(Shelf shelf, TicketLock.Ticket ticket) {
    try {
      ticket.await();
      feeder.drop(shelf);
      ShelfFiles.clear(shelves.folder(shelf));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("collection is not gone yet name={} cause={}", shelf.name(), e.toString());
    } finally {
      ticket.end();
    }
  }

  /// Adds a source and starts to read it; one of the same location is only read again.
  ///
  /// @throws UserError if the server must not read it
  public Job add(String name, String location) {
    Shelf shelf = shelf(name);
    String admitted = places.admit(location.strip());
    Shelf now =
        shelves.change(
            shelf,
            is -> is.at(admitted).isPresent() ? is : is.with(place(is.freeId(admitted), admitted)));
    return start(now, now.at(admitted).orElseThrow().id(), Job.Kind.SYNC, _ -> false);
  }

  private Shelf.Place place(String id, String location) {
    return new Shelf.Place(id, location, clock.instant(), Instant.EPOCH, "");
  }

  /// Returns the folder that a collection's uploads go to.
  public Path uploads(Shelf shelf) {
    return shelves.folder(shelf).resolve(Shelf.Place.UPLOADS);
  }

  /// Returns the folder where uploads are written before they are whole, on the same disk.
  public Path incoming(Shelf shelf) {
    return shelves.folder(shelf).resolve(INCOMING);
  }

  /// Starts to read the uploads.
  ///
  /// @throws UserError if the collection was deleted meanwhile
  public Job uploaded(Shelf shelf) {
    Shelf now =
        shelves.change(
            shelf,
            is ->
                is.source(Shelf.Place.UPLOADS).isPresent()
                    ? is
                    : is.with(place(Shelf.Place.UPLOADS, uploads(is).toString())));
    return start(now, Shelf.Place.UPLOADS, Job.Kind.SYNC, _ -> false);
  }

  /// Starts to read what has changed of a source.
  ///
  /// @param retryFailed whether files that failed are tried again
  public Job sync(String name, String source, boolean retryFailed) {
    shelves.requireWriting();
    Shelf shelf = shelf(name);
    place(shelf, source);
    return start(
        shelf, source, Job.Kind.SYNC, outcome -> retryFailed && outcome instanceof Outcome.Failed);
  }

  /// Starts to forget a source.
  public Job remove(String name, String source) {
    shelves.requireWriting();
    Shelf shelf = shelf(name);
    place(shelf, source);
    return start(shelf, source, Job.Kind.REMOVE, _ -> false);
  }

  private static Shelf.Place place(Shelf shelf, String source) {
    return shelf
        .source(source)
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.NOT_FOUND,
                "collection %s has no source %s: see its list".formatted(shelf.name(), source)));
  }

  /// Opens a collection as it is now; the caller closes it.
  public Reading open(String name) {
    Shelf shelf = shelf(name);
    rebuildIfLost(shelf);
    return Reading.of(feeder.index(shelf), feeder);
  }

  /// Returns a collection as a corpus. Whether it exists is said when it is opened.
  public Corpus corpus(String name) {
    return new Corpus() {
      @Override
      public String display() {
        return "collection " + name;
      }

      @Override
      public OpenCorpus open(String wanted) {
        if (!wanted.equals(tokenizer)) {
          throw new UserError(
              UserError.Kind.USAGE,
              "collection %s is counted by %s, not by %s: ask a model of the former"
                  .formatted(name, tokenizer, wanted));
        }
        return Library.this.open(name);
      }
    };
  }

  /// Reads all sources of a collection again whose index is of another version, or is damaged.
  private void rebuildIfLost(Shelf shelf) {
    try {
      if (mode == Tenancy.READING || !feeder.isLost(shelf) || !rebuilding.add(shelf.folder())) {
        return;
      }
      LOG.warn("index is lost, reading its sources again collection={}", shelf.name());
      for (Shelf.Place place : shelf.sources()) {
        if (!runs.isUnderWay(shelf, place.id())) {
          resume(shelf, place);
        }
      }
    } catch (UserError e) {
      // It may have been deleted a moment ago.
      if (e.kind() != UserError.Kind.NOT_FOUND) {
        LOG.warn("index cannot be opened collection={} cause={}", shelf.name(), e.getMessage());
      }
    } catch (UncheckedIOException e) {
      LOG.warn("index cannot be opened collection={} cause={}", shelf.name(), e.getMessage());
    }
  }

  /// Returns the jobs since the server's start, newest first.
  public List<Job> jobs() {
    return runs.all().stream().map(Run::job).toList();
  }

  /// Returns a job as it is now.
  public Job job(String id) {
    return run(id).job();
  }

  /// Asks a job to stop; what it has read so far stays.
  public Job cancel(String id) {
    Run run = run(id);
    run.cancel();
    return run.job();
  }

  private Run run(String id) {
    return runs.get(id)
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.NOT_FOUND,
                String.format(
                    Locale.ROOT,
                    "no job %s: jobs are known until the server ends, the last %,d of them",
                    id,
                    Runs.KEPT_MAX)));
  }

  private Job start(Shelf shelf, String source, Job.Kind kind, Predicate<Outcome> again) {
    Instant now = clock.instant();
    var job =
        new Job(
            Submitter.job(now),
            shelf.name(),
            source,
            kind,
            Job.State.WAITING,
            Job.Counts.NONE,
            now,
            Instant.MAX,
            Instant.MAX,
            "");
    var run = new Run(job, shelf.folder(), clock);
    TicketLock.Ticket ticket;
    synchronized (this) {
      update(shelf, source, place -> place.readBy(job.id()));
      runs.add(run);
      ticket = turns.ticket(shelf.name());
    }
    workers.execute(() -> work(run, shelf, again, ticket));
    return job;
  }

  private void work(Run run, Shelf shelf, Predicate<Outcome> again, TicketLock.Ticket ticket) {
    try {
      ticket.await();
      if (run.start()) {
        work(run, shelf, again);
        run.end(Job.State.DONE, "");
      }
    } catch (InterruptedException | CancellationException e) {
      run.end(Job.State.CANCELLED, "");
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
      // The loop of the jobs: whatever one of them meets is that job's end, and no other's.
      run.end(Job.State.FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
    } finally {
      ticket.end();
    }
  }

  private void work(Run run, Shelf begun, Predicate<Outcome> again) {
    Job job = run.job();
    Shelf shelf = shelves.now(begun);
    Shelf.Place place = place(shelf, job.source());
    switch (job.kind()) {
      case SYNC -> {
        feeder.sync(shelf, place, again, run);
        update(shelf, place.id(), is -> is.syncedAt(clock.instant()));
        rebuilding.remove(shelf.folder());
      }
      case REMOVE -> {
        feeder.remove(shelf, place, run);
        shelves.change(shelf, is -> is.without(place.id()));
        if (place.isUploads()) {
          ShelfFiles.clear(shelves.folder(shelf).resolve(Shelf.Place.UPLOADS));
        }
      }
    }
  }

  private void update(Shelf shelf, String source, UnaryOperator<Shelf.Place> change) {
    shelves.change(
        shelf, is -> is.source(source).map(place -> is.with(change.apply(place))).orElse(is));
  }

  /// Stops the jobs, gives them a moment, and closes the indexes.
  @Override
  public void close() {
    runs.cancelAll();
    workers.shutdown();
    try {
      boolean _ = workers.awaitTermination(GOODBYE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    feeder.close();
    lock.ifPresent(ProcessLock::close);
  }
}
