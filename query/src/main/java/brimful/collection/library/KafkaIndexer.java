package brimful.collection.library;

import brimful.collection.RecountedIndexes;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import brimful.index.RecountListener;
import brimful.index.Snapshot;
import brimful.ingest.Claims;
import brimful.kafka.BrokerPulse;
import brimful.kafka.Cluster;
import brimful.kafka.IndexAudit;
import brimful.kafka.JobProgress;
import brimful.kafka.PassingLetters;
import brimful.kafka.Publisher;
import brimful.kafka.SubmittedItems;
import brimful.kafka.Submitter;
import brimful.kafka.WaitingList;
import brimful.kafka.index.ClusterStore;
import brimful.kafka.index.CollectionIndex;
import brimful.kafka.index.CollectionIndexes;
import brimful.kafka.index.FolderState;
import brimful.kafka.index.FolderStore;
import brimful.kafka.index.IndexStore;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.JobCounts;
import brimful.source.JoinedSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Submits sources to the workers of a Kafka cluster. An index worker writes the indexes, on this
/// machine or in OpenSearch, which are only read here.
final class KafkaIndexer implements Indexer {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaIndexer.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /// How long a request waits for the broker's word.
  private static final Duration ORIGIN_MAX = Duration.ofSeconds(5);

  /// Of a job's notice; `status` has the rest.
  private static final int CAUSES_MAX = 3;

  private final AllowedLocations locations;
  private final Cluster cluster;
  private final Publisher publisher;
  private final BrokerPulse pulse;
  private final String tokenizer;
  private final IndexStore store;
  private final Path folder;
  private final RecountedIndexes recounted = new RecountedIndexes();
  private final Map<CollectionKey, LuceneIndex> open = new HashMap<>();

  /// @param tokenizer counts new collections
  /// @param store the index worker's collections; this closes it
  /// @param folder contains a folder for each collection, for indexes of other tokenizers
  KafkaIndexer(
      AllowedLocations locations,
      Cluster cluster,
      String tokenizer,
      IndexStore store,
      Path folder) {
    this.folder = folder;
    this.locations = locations;
    this.cluster = cluster;
    this.tokenizer = tokenizer;
    this.store = store;
    publisher = new Publisher(cluster);
    pulse = BrokerPulse.logged(cluster);
  }

  @Override
  public void sync(
      Collection collection, CollectionSource source, Predicate<Outcome> again, JobRun run) {
    var parts = new TreeMap<>(Map.of(source.id(), locations.open(collection, source)));
    try (var joined = new JoinedSource(parts)) {
      submit(collection, source, Claims.of(joined, locations.reader().rules()), again, run);
    }
  }

  @Override
  public void remove(Collection collection, CollectionSource source, JobRun run) {
    submit(collection, source, new LinkedHashMap<>(), _ -> false, run);
    if (source.isUploads()) {
      locations.uploads().clear(collection.folder());
    }
  }

  private void submit(
      Collection collection,
      CollectionSource source,
      SequencedMap<DocumentId, Claim.Work> wanted,
      Predicate<Outcome> again,
      JobRun run) {
    CollectionKey key = key(collection);
    SubmittedItems before = SubmittedItems.read(cluster, key);
    IndexAudit.Lacking lacking = IndexAudit.of(cluster, key, before);
    lacking.lines().forEach(line -> LOG.warn("{}: submitting the rest again", line));
    Set<DocumentId> anew = new HashSet<>(indexedAs(key, again));
    try (var letters = new PassingLetters(cluster, key)) {
      anew.addAll(letters.items(before));
    }
    Submitter.Submitted submitted =
        new Submitter(publisher, key, before, Clock.systemUTC())
            .submit(wanted, anew::contains, lacking, id -> source.holds(id.value()));
    if (submitted.isAny()) {
      follow(key, submitted, run);
    }
  }

  /// Returns the items whose outcome in the index matches.
  private Set<DocumentId> indexedAs(CollectionKey key, Predicate<Outcome> some) {
    try (var reading = new OpenCollection(snapshot(key), this, List.of())) {
      return reading.ingested().outcomes().entrySet().stream()
          .filter(entry -> some.test(entry.getValue()))
          .map(Map.Entry::getKey)
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  private void follow(CollectionKey key, Submitter.Submitted submitted, JobRun run) {
    run.starts(Math.toIntExact(submitted.submitted() + submitted.deleted()), submitted.bytes());
    try (var board = new JobProgress(cluster);
        var waiting = new WaitingList(cluster)) {
      while (!ask(() -> isDone(board, key, submitted, run), false)) {
        List<WaitingList.Cause> causes = ask(() -> waiting.causes(key), List.of());
        run.waitsFor(
            Stream.of(
                    Stream.of(notice()).filter(line -> !line.isEmpty()),
                    gaps(key).stream(),
                    causes.stream().limit(CAUSES_MAX).map(WaitingList.Cause::display))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("; ")));
        if (run.isCancelled()) {
          throw new CancellationException("the workers finish what was submitted");
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the workers finish what was submitted");
    }
  }

  /// Asks the brokers, unless they are away: what they have stored is there when they are back.
  private <T> T ask(Supplier<T> question, T otherwise) {
    if (!pulse.isUp()) {
      return otherwise;
    }
    try {
      return question.get();
    } catch (UserError e) {
      if (e.kind() != UserError.Kind.UNAVAILABLE) {
        throw e;
      }
      return otherwise;
    }
  }

  private boolean isDone(
      JobProgress board, CollectionKey key, Submitter.Submitted submitted, JobRun run) {
    Optional<JobProgress.Job> job =
        board.jobs().stream()
            .filter(one -> one.collection().equals(key) && one.id().equals(submitted.job()))
            .findFirst();
    // Another home's index worker may be done before this one has begun.
    JobCounts counts = job.map(one -> one.counts().get(group())).orElse(JobCounts.NONE);
    run.count(is ->
        new Job.Counts(
            is.files(),
            counts.done(),
            is.bytes(),
            counts.bytes(),
            counts.tokens(),
            counts.failed(),
            counts.deleted()));
    return job.isPresent() && counts.done() >= job.get().items();
  }

  /// Returns the consumer group of this machine's index worker.
  private String group() {
    return store.state().map(FolderState::group).orElse("");
  }

  @Override
  public String origin() {
    try {
      return origin(cluster);
    } catch (UserError e) {
      LOG.warn("cluster cannot be named cause={}", e.getMessage());
      return "";
    }
  }

  /// The topic's id: no other cluster, and no topics of another prefix, have it.
  static String origin(Cluster cluster) {
    return cluster.id(cluster.topics().documents(), ORIGIN_MAX).orElse("");
  }

  @Override
  public String notice() {
    if (!pulse.isUp()) {
      return "no Kafka broker answers, so collections do not change until one does";
    }
    try {
      return store.isWritten()
          ? ""
          : "no index worker runs on %s, so its collections do not change: start one with brimful index-worker"
              .formatted(store instanceof ClusterStore ? store.display() : "the server's home");
    } catch (UserError e) {
      return e.line();
    }
  }

  @Override
  public List<String> gaps(Collection collection) {
    return gaps(key(collection));
  }

  private List<String> gaps(CollectionKey key) {
    return store.state().map(state -> state.gaps(key)).orElse(List.of());
  }

  /// Returns the collection's key with the tokenizer that it was first submitted with, whose index
  /// exists.
  private CollectionKey key(Collection collection) {
    var key = new CollectionKey(collection.name(), tokenizer);
    List<CollectionKey> known =
        store.list().stream().filter(other -> other.name().equals(collection.name())).toList();
    return known.contains(key) || known.isEmpty() ? key : known.getFirst();
  }

  @Override
  public void drop(Collection collection) {
    SubmittedItems before = SubmittedItems.read(cluster, key(collection));
    new Submitter(publisher, key(collection), before, Clock.systemUTC())
        .submit(new LinkedHashMap<>(), _ -> false);
    locations.uploads().clear(collection.folder());
  }

  private Snapshot snapshot(CollectionKey key) {
    return switch (store) {
      case ClusterStore shared -> shared.snapshot(key);
      default -> index(key).snapshot();
    };
  }

  private Path folder(CollectionKey key) {
    return store instanceof FolderStore own
        ? CollectionIndexes.folder(own.folder(), key)
        : folder.resolve(key.name());
  }

  private synchronized LuceneIndex index(CollectionKey key) {
    Path where = folder(key);
    LuceneIndex known = open.get(key);
    if (known != null && !Files.exists(where)) {
      // It was dropped.
      open.remove(key);
      known.close();
    }
    LuceneIndex index = open.computeIfAbsent(key, _ -> LuceneIndex.open(where, key.tokenizer()));
    index.refresh();
    return index;
  }

  private RecountedIndexes.Base base(CollectionKey key) {
    return switch (store) {
      case ClusterStore shared ->
          new RecountedIndexes.Base(
              Optional.empty(), () -> shared.commitId(key), () -> shared.snapshot(key));
      default -> new RecountedIndexes.Base(folder(key), index(key));
    };
  }

  @Override
  public Snapshot snapshot(Collection collection, String wanted, RecountListener recount) {
    CollectionKey key = key(collection);
    return wanted.equals(key.tokenizer())
        ? snapshot(key)
        : recounted.snapshot(
            base(key),
            folder.resolve(collection.folder()).resolve(LocalIndexer.RECOUNTED).resolve(wanted),
            wanted,
            recount);
  }

  /// The index worker rebuilds it from the topic.
  @Override
  public boolean isLost(Collection collection) {
    return false;
  }

  @Override
  public Optional<ItemState> own(ItemState state) {
    return CollectionIndex.own(state);
  }

  @Override
  public boolean sideBySide() {
    return true;
  }

  @Override
  public synchronized void close() {
    pulse.close();
    publisher.close();
    recounted.close();
    open.values().forEach(LuceneIndex::close);
    open.clear();
    store.close();
    cluster.close();
  }
}
