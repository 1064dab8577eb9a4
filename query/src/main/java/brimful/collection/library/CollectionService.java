package brimful.collection.library;

import brimful.collection.Corpus;
import brimful.collection.PathCorpus;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.kafka.Cluster;
import brimful.kafka.index.IndexStore;
import brimful.source.Source;
import brimful.store.ProcessLock;
import brimful.token.TokenCounter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Collections by name, and the jobs that each read one of their sources, or remove it, wholly. A
/// restarted server resumes unfinished sources, and rereads what is lost. For many threads.
public final class CollectionService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CollectionService.class);
  private static final String INCOMING = "incoming";

  /// For how long the files of a path count as checked.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /// How long a question waits for changed files; after that it is answered from the others.
  private static final Duration LOOK_WAIT_MAX = Duration.ofSeconds(10);

  private final AllowedLocations locations;
  private final Indexer indexer;
  private final Clock clock;
  private final String tokenizer;
  private final AccessMode mode;
  private final Optional<ProcessLock> lock;
  private final CollectionStore collections;
  private final JobRunner jobs;

  private CollectionService(
      Path folder,
      AllowedLocations locations,
      Indexer indexer,
      String tokenizer,
      AccessMode mode,
      Supplier<CollectionStore> store,
      Clock clock) {
    this.locations = locations;
    this.indexer = indexer;
    this.tokenizer = tokenizer;
    this.mode = mode;
    this.clock = clock;
    try {
      lock = mode.lock(folder);
    } catch (RuntimeException e) {
      indexer.close();
      throw e;
    }
    collections = store.get();
    jobs = new JobRunner(collections, indexer, clock);
    if (mode == AccessMode.ALONE) {
      resume();
    }
  }

  /// Resumes what the last process did not finish.
  private void resume() {
    for (Path deleted : collections.deleted()) {
      jobs.execute(() -> CollectionFiles.clear(deleted));
    }
    jobs.execute(() -> locations.uploads().clean(this::uploads));
    for (Collection collection : collections.all()) {
      CollectionFiles.clear(collections.folder(collection).resolve(INCOMING));
      for (CollectionSource source : collection.sources()) {
        if (!source.isSynced()) {
          resume(collection, source);
        }
      }
      jobs.execute(() -> prepare(collection));
    }
  }

  private void resume(Collection collection, CollectionSource source) {
    try {
      start(collection, source.id(), Job.Kind.SYNC, _ -> false);
    } catch (UserError | UncheckedIOException e) {
      // A full disk: questions are answered from what was read so far.
      LOG.warn("source is not read now collection={} cause={}", collection.name(), e.getMessage());
    }
  }

  /// Opens collections whose sources this process reads; no other process may have the folder.
  ///
  /// @param folder where collections and their indexes are kept
  /// @throws UserError of kind BUSY if another process has it
  public static CollectionService local(
      Path folder, AllowedLocations locations, TokenCounter counter) {
    return inProcess(folder, locations, counter, AccessMode.ALONE);
  }

  /// Opens the collections that another process keeps; changes none of them.
  public static CollectionService reading(
      Path folder, AllowedLocations locations, TokenCounter counter) {
    return inProcess(folder, locations, counter, AccessMode.READING);
  }

  private static CollectionService inProcess(
      Path folder, AllowedLocations locations, TokenCounter counter, AccessMode mode) {
    var indexer = new LocalIndexer(locations, counter.name(), folder);
    return of(folder, locations, indexer, counter.name(), mode);
  }

  /// Opens collections whose sources the workers of a cluster read; closing them closes the
  /// cluster.
  ///
  /// @param indexes where an index worker keeps them; closed with the rest
  public static CollectionService kafka(
      Path folder,
      AllowedLocations locations,
      Cluster cluster,
      String tokenizer,
      IndexStore indexes) {
    var indexer = new KafkaIndexer(locations, cluster, tokenizer, indexes, folder);
    return of(folder, locations, indexer, tokenizer, AccessMode.ALONE);
  }

  private static CollectionService of(
      Path folder, AllowedLocations locations, Indexer indexer, String tokenizer, AccessMode mode) {
    return new CollectionService(
        folder,
        locations,
        indexer,
        tokenizer,
        mode,
        () -> new CollectionStore(folder, tokenizer, mode),
        Clock.systemUTC());
  }

  /// Opens a collection for each path, by its name. They share the paths' indexes with everybody
  /// who names the same paths. [#open] checks whether files have changed, unless somebody has
  /// within a few seconds.
  public static CollectionService paths(
      Map<String, PathCorpus> corpora, String tokenizer, Clock clock) {
    List<Collection> fixed = PathIndexer.collections(corpora, clock.instant());
    return new CollectionService(
        Path.of(""),
        AllowedLocations.none(),
        new PathIndexer(corpora, tokenizer),
        tokenizer,
        AccessMode.FIXED,
        () -> new CollectionStore(fixed, tokenizer),
        clock);
  }

  /// Returns the tokenizer that the indexes are counted with.
  public String tokenizer() {
    return tokenizer;
  }

  /// Returns all collections, by name.
  public List<Collection> collections() {
    return collections.all();
  }

  /// Returns the collection with a name, or throws a UserError if there is none.
  public Collection collection(String name) {
    return collections.get(name);
  }

  /// Creates an empty collection.
  ///
  /// @throws UserError if the name is invalid, or taken
  public Collection create(String name) {
    return collections.create(name, clock.instant());
  }

  /// Deletes a collection. Its files are deleted when its jobs have ended.
  public void delete(String name) {
    jobs.delete(collection(name));
  }

  /// Adds a source and starts to read it; a known location is only read again.
  ///
  /// @throws UserError if the server must not read it
  public Job add(String name, String location) {
    return add(name, location, Optional.empty());
  }

  /// @param every how often to read it again from now on, zero for never; empty leaves it as it is
  public Job add(String name, String location, Optional<Duration> every) {
    collections.requireWriting();
    Collection collection = collection(name);
    String admitted = locations.admit(location.strip());
    Collection now =
        collections.change(
            collection,
            is -> {
              CollectionSource source =
                  is.known(admitted).orElseGet(() -> source(is.freeId(admitted), admitted));
              return is.with(every.map(source::readEvery).orElse(source));
            });
    CollectionSource source = now.at(admitted).orElseThrow();
    Enclosure.lines(now, source, admitted).forEach(it -> LOG.info("{} collection={}", it, name));
    return jobs.sync(now, source.id(), false).job();
  }

  private CollectionSource source(String id, String location) {
    return new CollectionSource(
        id, location, clock.instant(), Instant.EPOCH, "", Duration.ZERO, "");
  }

  /// Returns the folders of uploads of all collections, by the collection's folder.
  private Map<String, Path> uploads() {
    return collections().stream().collect(Collectors.toMap(Collection::folder, this::uploads));
  }

  /// Returns the folder of a collection's uploads.
  public Path uploads(Collection collection) {
    return collections.folder(collection).resolve(CollectionSource.UPLOADS);
  }

  /// Returns the folder of incomplete uploads, on the same disk.
  public Path incoming(Collection collection) {
    return collections.folder(collection).resolve(INCOMING);
  }

  /// Keeps the bytes of files that are about to be moved into the folder of uploads.
  public void keep(Collection collection, List<Path> drafts) {
    drafts.forEach(draft -> locations.uploads().keep(collection.folder(), draft));
  }

  /// Starts to read the uploads.
  ///
  /// @throws UserError if the collection was deleted meanwhile
  public Job uploaded(Collection collection) {
    Collection now =
        collections.change(
            collection,
            is ->
                is.source(CollectionSource.UPLOADS).isPresent()
                    ? is
                    : is.with(source(CollectionSource.UPLOADS, uploads(is).toString())));
    return start(now, CollectionSource.UPLOADS, Job.Kind.SYNC, _ -> false);
  }

  /// Starts to read what has changed in a source.
  ///
  /// @param retryFailed whether to retry files that failed
  public Job sync(String name, String source, boolean retryFailed) {
    return jobs.sync(writable(name, source), source, retryFailed).job();
  }

  /// Starts to read one repository of an organisation, unless a job that will has not begun yet.
  ///
  /// @param repository its name within the organisation; empty for all of the source
  public Job syncPart(String name, String source, String repository) {
    return jobs.syncPart(writable(name, source), source, repository).job();
  }

  /// Starts to remove a source.
  public Job remove(String name, String source) {
    return start(writable(name, source), source, Job.Kind.REMOVE, _ -> false);
  }

  /// Returns a collection that has a source, and may be changed.
  private Collection writable(String name, String source) {
    collections.requireWriting();
    Collection collection = collection(name);
    var _ = JobRunner.source(collection, source);
    return collection;
  }

  /// Opens a source's files as they are now; the caller closes it.
  ///
  /// @throws UserError if this server may not read it, or cannot find it
  public Source open(CollectionSource source) {
    return locations.open(source);
  }

  /// Opens a collection as it is now, counted with the own tokenizer; the caller closes it.
  public OpenCollection open(String name) {
    return open(name, tokenizer);
  }

  /// Opens a collection as it is now; the caller closes it. With a tokenizer other than the one it
  /// was read with, it is counted first: completely the first time, then what has changed.
  public OpenCollection open(String name, String wanted) {
    Collection collection = collection(name);
    if (mode == AccessMode.FIXED) {
      lookAgain(collection);
    }
    rebuildIfLost(collection);
    return new OpenCollection(snapshot(collection, wanted), indexer, indexer.gaps(collection));
  }

  private Snapshot snapshot(Collection collection, String wanted) {
    var recount =
        new RecountJob(
            collection.name(), wanted, () -> Optional.of(jobs.count(collection, wanted)));
    return indexer.snapshot(collection, wanted, recount);
  }

  /// Returns a collection as a corpus. Opening it reports whether it exists.
  public Corpus corpus(String name) {
    return new CollectionCorpus(this, name);
  }

  /// Brings the first source of a collection up to date, and returns the job after a limited time.
  public Job refresh(String name, Duration most) {
    Collection collection = collection(name);
    if (collection.sources().isEmpty()) {
      throw new UserError(
          UserError.Kind.NOT_FOUND, "collection %s has no source: add one".formatted(name));
    }
    JobRun run =
        jobs.runs()
            .latest(collection)
            .filter(latest -> !latest.job().state().isEnd())
            .orElseGet(() ->
                jobs.begin(
                    collection, collection.sources().getFirst().id(), Job.Kind.SYNC, _ -> false));
    return run.await(most);
  }

  /// Checks names and times of the files, and reads those that have changed.
  private void lookAgain(Collection collection) {
    Instant seen =
        jobs.runs().latest(collection).map(run -> run.job().ended()).orElse(Instant.EPOCH);
    if (seen.isBefore(clock.instant().minus(LOOK_EVERY))) {
      Job _ = refresh(collection.name(), LOOK_WAIT_MAX);
    }
  }

  /// Prepares what the first question would have to wait for.
  private void prepare(Collection collection) {
    rebuildIfLost(collection);
    try {
      snapshot(collection, tokenizer).close();
    } catch (RuntimeException e) {
      LOG.warn("collection cannot be opened name={} cause={}", collection.name(), e.getMessage());
    }
  }

  private void rebuildIfLost(Collection collection) {
    if (mode != AccessMode.READING) {
      jobs.rebuildIfLost(collection, source -> resume(collection, source));
    }
  }

  /// Returns what keeps every collection from changing, a line for anybody; empty if nothing does.
  public String notice() {
    return indexer.notice();
  }

  public String origin() {
    return indexer.origin();
  }

  /// Returns the jobs since the server's start, newest first.
  public List<Job> jobs() {
    return jobs.runs().all().stream().map(JobRun::job).toList();
  }

  /// Returns a job as it is now.
  public Job job(String id) {
    return job(id, _ -> true);
  }

  /// Returns a job as it is now; a job of a collection that is not allowed looks nonexistent.
  public Job job(String id, Predicate<String> allowed) {
    return jobs.run(id, allowed).job();
  }

  /// Cancels a job; what it has read so far remains.
  public Job cancel(String id) {
    jobs.run(id).cancel();
    return job(id);
  }

  private Job start(Collection collection, String source, Job.Kind kind, Predicate<Outcome> again) {
    return jobs.begin(collection, source, kind, again).job();
  }

  /// Stops the jobs, gives them a moment to end, and closes the indexes.
  @Override
  public void close() {
    jobs.close();
    indexer.close();
    lock.ifPresent(ProcessLock::close);
  }
}
