package brimful.library;

import brimful.corpus.Failures;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.queue.Cluster;
import brimful.queue.CollectionIndexes;
import brimful.queue.CollectionKey;
import brimful.queue.Submitter;
import brimful.source.Rules;
import brimful.token.TokenCounter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The collections of a server, and the jobs that bring them up to date.
///
/// A collection is made of sources; each job reads one of them, or forgets it. What is read is in
/// the index when the job is done. A server that starts again goes on with what it had not read to
/// the end. Safe for many threads.
public final class Library implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Library.class);

  private static final int JOBS_KEPT_MAX = 1_000;
  private static final int GOODBYE_SECONDS_MAX = 10;

  private final ShelfFiles files;
  private final Places places;
  private final Feeder feeder;
  private final Clock clock;
  private final String tokenizer;
  private final Map<String, Shelf> shelves;
  private final SequencedMap<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, Semaphore> turns = new LinkedHashMap<>();
  private final Semaphore oneAtATime = new Semaphore(1, true);
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("job-", 0).factory());

  private Library(Path folder, Places places, Feeder feeder, String tokenizer, Clock clock) {
    this.files = new ShelfFiles(folder);
    this.places = places;
    this.feeder = feeder;
    this.tokenizer = tokenizer;
    this.clock = clock;
    shelves = files.read();
    for (Shelf shelf : List.copyOf(shelves.values())) {
      shelf.sources().stream()
          .filter(place -> !place.isSynced())
          .forEach(place -> start(shelf.name(), place.id(), Job.Kind.SYNC, _ -> false));
    }
  }

  /// Opens a library that reads sources in this process.
  ///
  /// @param folder where collections and their indexes are kept
  public static Library local(Path folder, Places places, TokenCounter counter, Rules rules) {
    var feeder = new LocalFeeder(places, counter, folder, rules);
    return new Library(folder, places, feeder, counter.name(), Clock.systemUTC());
  }

  /// Opens a library whose sources are read by the workers of a cluster, which is closed with it.
  ///
  /// @param indexes where an index worker of this machine keeps them
  public static Library kafka(
      Path folder, Places places, Cluster cluster, String tokenizer, Path indexes) {
    var feeder = new KafkaFeeder(places, cluster, tokenizer, indexes);
    return new Library(folder, places, feeder, tokenizer, Clock.systemUTC());
  }

  /// Returns what the indexes are counted with.
  public String tokenizer() {
    return tokenizer;
  }

  /// Returns all collections, by name.
  public synchronized List<Shelf> shelves() {
    return List.copyOf(shelves.values());
  }

  /// Returns a collection.
  ///
  /// @throws UserError if there is none of that name
  public synchronized Shelf shelf(String name) {
    Shelf shelf = shelves.get(name);
    if (shelf == null) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no collection is called %s: create it, or see the list".formatted(name));
    }
    return shelf;
  }

  /// Creates an empty collection.
  ///
  /// @throws UserError if the name is no name for a collection, or there is one
  public synchronized Shelf create(String name) {
    var _ = new CollectionKey(name, tokenizer);
    if (shelves.containsKey(name)) {
      throw new UserError(
          UserError.Kind.CONFLICT, "there is a collection %s already: add to it".formatted(name));
    }
    var shelf = new Shelf(name, clock.instant(), List.of());
    files.write(shelf);
    shelves.put(name, shelf);
    return shelf;
  }

  /// Forgets a collection and all that was made for it.
  public void delete(String name) {
    Shelf shelf;
    synchronized (this) {
      shelf = shelf(name);
      runs.values().stream()
          .filter(run -> run.job().collection().equals(name))
          .forEach(Run::cancel);
      shelves.remove(name);
    }
    Semaphore turn = turn(name);
    turn.acquireUninterruptibly();
    try {
      feeder.drop(shelf);
      CollectionIndexes.delete(files.folder(name));
    } finally {
      turn.release();
    }
  }

  /// Adds a source and starts to read it; one of the same location is only read again.
  ///
  /// @throws Places.Refused if the server must not read it
  public Job add(String name, String location) {
    shelf(name);
    String admitted = places.admit(location.strip());
    String id;
    synchronized (this) {
      Shelf shelf = shelf(name);
      Optional<Shelf.Place> known =
          shelf.sources().stream().filter(one -> one.location().equals(admitted)).findFirst();
      id = known.map(Shelf.Place::id).orElseGet(() -> free(shelf, nameOf(admitted)));
      if (known.isEmpty()) {
        put(shelf.with(new Shelf.Place(id, admitted, clock.instant(), Instant.EPOCH, "")));
      }
    }
    return start(name, id, Job.Kind.SYNC, _ -> false);
  }

  /// Returns the folder that a collection's uploads go to.
  public Path uploads(String name) {
    return files.folder(shelf(name).name()).resolve(Shelf.Place.UPLOADS);
  }

  /// Starts to read the uploads.
  public Job uploaded(String name) {
    synchronized (this) {
      Shelf shelf = shelf(name);
      if (shelf.source(Shelf.Place.UPLOADS).isEmpty()) {
        put(
            shelf.with(
                new Shelf.Place(
                    Shelf.Place.UPLOADS,
                    uploads(name).toString(),
                    clock.instant(),
                    Instant.EPOCH,
                    "")));
      }
    }
    return start(name, Shelf.Place.UPLOADS, Job.Kind.SYNC, _ -> false);
  }

  /// Starts to read what has changed of a source.
  ///
  /// @param retryFailed whether files that failed are tried again
  public Job sync(String name, String source, boolean retryFailed) {
    place(name, source);
    return start(
        name, source, Job.Kind.SYNC, outcome -> retryFailed && outcome instanceof Outcome.Failed);
  }

  /// Starts to forget a source.
  public Job remove(String name, String source) {
    place(name, source);
    return start(name, source, Job.Kind.REMOVE, _ -> false);
  }

  private Shelf.Place place(String name, String source) {
    return shelf(name)
        .source(source)
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.NOT_FOUND,
                "collection %s has no source %s: see its list".formatted(name, source)));
  }

  /// Opens a collection as it is now; the caller closes it.
  public Reading open(String name) {
    return Reading.of(feeder.index(shelf(name)), feeder);
  }

  /// Returns the jobs since the server's start, newest first.
  public synchronized List<Job> jobs() {
    return runs.sequencedValues().reversed().stream().map(Run::job).toList();
  }

  /// Returns a job as it is now.
  public synchronized Job job(String id) {
    return run(id).job();
  }

  /// Asks a job to stop; what it has read so far stays.
  public Job cancel(String id) {
    Run run = run(id);
    run.cancel();
    return run.job();
  }

  private synchronized Run run(String id) {
    Run run = runs.get(id);
    if (run == null) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          String.format(
              Locale.ROOT,
              "no job %s: jobs are known until the server ends, the last %,d of them",
              id,
              JOBS_KEPT_MAX));
    }
    return run;
  }

  private Job start(String name, String source, Job.Kind kind, Predicate<Outcome> again) {
    Instant now = clock.instant();
    var job =
        new Job(
            Submitter.job(now),
            name,
            source,
            kind,
            Job.State.WAITING,
            Job.Counts.NONE,
            now,
            Instant.MAX,
            Instant.MAX,
            "");
    var run = new Run(job, clock);
    synchronized (this) {
      runs.put(job.id(), run);
      while (runs.size() > JOBS_KEPT_MAX) {
        runs.pollFirstEntry();
      }
      update(name, source, place -> with(place, place.synced(), job.id()));
    }
    workers.execute(() -> work(run, again));
    return job;
  }

  private void work(Run run, Predicate<Outcome> again) {
    Job job = run.job();
    Semaphore turn = turn(job.collection());
    try {
      turn.acquire();
    } catch (InterruptedException e) {
      run.end(Job.State.CANCELLED, "");
      return;
    }
    try {
      if (run.start()) {
        work(run, job, again);
        run.end(Job.State.DONE, "");
      }
    } catch (CancellationException e) {
      run.end(Job.State.CANCELLED, "");
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
      // The loop of the jobs: whatever one of them meets is that job's end, and no other's.
      if (Failures.isDefect(e)) {
        LOG.error("job failed job={}", job.id(), e);
      }
      run.end(Job.State.FAILED, Failures.line(e));
    } finally {
      turn.release();
    }
  }

  private void work(Run run, Job job, Predicate<Outcome> again) {
    Shelf shelf = shelf(job.collection());
    Shelf.Place place = place(shelf.name(), job.source());
    switch (job.kind()) {
      case SYNC -> {
        feeder.sync(shelf, place, again, run);
        update(shelf.name(), place.id(), is -> with(is, clock.instant(), is.job()));
      }
      case REMOVE -> {
        feeder.remove(shelf, place, run);
        synchronized (this) {
          put(shelf(shelf.name()).without(place.id()));
        }
        if (place.isUploads()) {
          CollectionIndexes.delete(uploads(shelf.name()));
        }
      }
    }
  }

  private static Shelf.Place with(Shelf.Place place, Instant synced, String job) {
    return new Shelf.Place(place.id(), place.location(), place.added(), synced, job);
  }

  private synchronized void update(String name, String source, UnaryOperator<Shelf.Place> change) {
    Shelf shelf = shelves.get(name);
    if (shelf != null) {
      shelf.source(source).ifPresent(place -> put(shelf.with(change.apply(place))));
    }
  }

  private synchronized void put(Shelf shelf) {
    files.write(shelf);
    shelves.put(shelf.name(), shelf);
  }

  /// Returns what lets one job at a time through: of a collection, or of all.
  private synchronized Semaphore turn(String name) {
    return feeder.sideBySide()
        ? turns.computeIfAbsent(name, _ -> new Semaphore(1, true))
        : oneAtATime;
  }

  private static String free(Shelf shelf, String name) {
    String free = name;
    for (int n = 2; shelf.source(free).isPresent(); n++) {
      free = name + "-" + n;
    }
    return free;
  }

  /// Returns the last part of a location, as far as it can stand in a URL.
  private static String nameOf(String location) {
    String end = location.replaceAll("(?<!/)/++$", "").replaceAll("(\\.git)?(@[^/@]+)?$", "");
    String name = end.substring(end.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]+", "-");
    return name.isBlank() || name.startsWith(".") || name.equals(Shelf.Place.UPLOADS)
        ? "source"
        : name;
  }

  /// Stops the jobs, gives them a moment, and closes the indexes.
  @Override
  public void close() {
    for (Job job : jobs()) {
      if (!job.state().isEnd()) {
        cancel(job.id());
      }
    }
    workers.shutdown();
    try {
      boolean _ = workers.awaitTermination(GOODBYE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    feeder.close();
  }
}
