package brimful.library;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import brimful.ingest.Claims;
import brimful.queue.Claim;
import brimful.queue.Cluster;
import brimful.queue.CollectionIndex;
import brimful.queue.CollectionIndexes;
import brimful.queue.CollectionKey;
import brimful.queue.JobBoard;
import brimful.queue.JobCounts;
import brimful.queue.Ledger;
import brimful.queue.Publisher;
import brimful.queue.Submitter;
import brimful.source.JoinedSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Submits sources to the workers of a Kafka cluster; an index worker on this machine writes the
/// indexes, which are only read here.
final class KafkaFeeder implements Feeder {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Places places;
  private final Cluster cluster;
  private final Publisher publisher;
  private final String tokenizer;
  private final Path indexes;
  private final Map<String, LuceneIndex> open = new HashMap<>();

  /// @param indexes the folder that the index worker keeps collections in
  KafkaFeeder(Places places, Cluster cluster, String tokenizer, Path indexes) {
    this.places = places;
    this.cluster = cluster;
    this.tokenizer = tokenizer;
    this.indexes = indexes;
    publisher = new Publisher(cluster);
  }

  @Override
  public void sync(Shelf shelf, Shelf.Place place, Predicate<Outcome> again, Run run) {
    var parts = new TreeMap<>(Map.of(place.id(), places.open(place)));
    try (var source = new JoinedSource(parts)) {
      submit(shelf, place, Claims.of(source), again, run);
    }
  }

  @Override
  public void remove(Shelf shelf, Shelf.Place place, Run run) {
    submit(shelf, place, new LinkedHashMap<>(), _ -> false, run);
  }

  private void submit(
      Shelf shelf,
      Shelf.Place place,
      SequencedMap<DocumentId, Claim.Work> wanted,
      Predicate<Outcome> again,
      Run run) {
    CollectionKey key = key(shelf);
    Ledger ledger = Ledger.read(cluster, key);
    // Of other sources, all is wanted that was submitted before.
    ledger
        .claims()
        .forEach((id, claim) -> {
          if (!place.holds(id.value()) && !(claim.work() instanceof Claim.Work.Delete)) {
            wanted.put(id, claim.work());
          }
        });
    Ledger known = new Ledger(forgetting(shelf, ledger, again));
    Submitter.Submitted submitted =
        new Submitter(publisher, key, known, Clock.systemUTC()).submit(wanted, false);
    if (submitted.isAny()) {
      follow(key, submitted, run);
    }
  }

  /// What is to be read again looks as if it had never been submitted, but for its version.
  private Map<DocumentId, Claim> forgetting(Shelf shelf, Ledger ledger, Predicate<Outcome> again) {
    var known = new HashMap<>(ledger.claims());
    try (Reading reading = Reading.of(index(shelf), this)) {
      reading
          .ingested()
          .outcomes()
          .forEach((id, outcome) -> {
            if (again.test(outcome)) {
              known.remove(id);
            }
          });
    }
    return known;
  }

  private void follow(CollectionKey key, Submitter.Submitted submitted, Run run) {
    run.starts(Math.toIntExact(submitted.submitted() + submitted.deleted()), submitted.bytes());
    try (var board = new JobBoard(cluster)) {
      while (true) {
        Optional<JobBoard.Job> job =
            board.jobs().stream()
                .filter(one -> one.collection().equals(key) && one.id().equals(submitted.job()))
                .findFirst();
        JobCounts counts = job.map(JobBoard.Job::farthest).orElse(JobCounts.NONE);
        run.count(is ->
            new Job.Counts(
                is.files(),
                counts.done(),
                is.bytes(),
                counts.bytes(),
                counts.tokens(),
                counts.failed(),
                counts.deleted()));
        if (job.map(JobBoard.Job::isDone).orElse(false)) {
          return;
        }
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

  private CollectionKey key(Shelf shelf) {
    return new CollectionKey(shelf.name(), tokenizer);
  }

  @Override
  public void drop(Shelf shelf) {
    Ledger ledger = Ledger.read(cluster, key(shelf));
    new Submitter(publisher, key(shelf), ledger, Clock.systemUTC())
        .submit(new LinkedHashMap<>(), false);
  }

  @Override
  public synchronized LuceneIndex index(Shelf shelf) {
    LuceneIndex index =
        open.computeIfAbsent(
            shelf.name(),
            _ -> LuceneIndex.open(CollectionIndexes.folder(indexes, key(shelf)), tokenizer));
    index.refresh();
    return index;
  }

  /// The index worker makes it again from the topic.
  @Override
  public boolean isLost(Shelf shelf) {
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
    publisher.close();
    open.values().forEach(LuceneIndex::close);
    open.clear();
    cluster.close();
  }
}
