package brimful.opensearch;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.UserError;
import brimful.index.ChunkIndex;
import brimful.index.GatedParts;
import brimful.index.ItemParts;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// A [ChunkIndex] in an OpenSearch cluster, one of many collections in the same indexes.
///
/// A writer reserves a generation in the collection's [CommitRecord], adds records of it that
/// nobody sees, and commits by changing that one record, on condition that nobody else has. What a
/// killed writer has added belongs to a generation that is never committed; the next writer deletes
/// it. A second writer takes the reservation over: the first one's next commit fails.
///
/// Removed records are deleted ten minutes after the commit, so that older snapshots can be read.
public final class OpenSearchIndex implements ChunkIndex, GatedParts.Target {
  /// For how long removed records stay: a question takes less.
  public static final Duration KEPT = Duration.ofMinutes(10);

  private final OpenSearchClient client;
  private final OpenSearchSchema schema;
  private final StoredRecords records;
  private final CollectionRecords stored;
  private final String collection;
  private final String identity;
  private final GatedParts.Gate gate = new GatedParts.Gate();

  /// Held for writing by commits, so that none has half of an item.
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /// Commits that are younger than [#KEPT].
  private final Deque<Aged> recent = new ArrayDeque<>();

  private final Duration kept;
  private CommitView view;
  private Optional<StoredRecords.Read> reserved = Optional.empty();
  private volatile @Nullable GenerationWriter writer;
  private volatile @Nullable RuntimeException broken;

  /// @param removed whether it has removed records
  private record Aged(long generation, long nanos, boolean removed) {}

  /// @param collection its name and tokenizer
  /// @param kept for how long removed records stay
  OpenSearchIndex(
      OpenSearchClient client,
      OpenSearchSchema schema,
      StoredRecords records,
      String collection,
      String tokenizer,
      Duration kept) {
    this.kept = kept;
    this.client = client;
    this.schema = schema;
    this.records = records;
    this.collection = collection;
    identity = identity(tokenizer);
    stored = new CollectionRecords(client, schema, collection);
    CommitRecord none = CommitRecord.none(identity);
    view = CommitView.none(none, queries(none));
  }

  /// Returns what an index of this program and a tokenizer is made of.
  static String identity(String tokenizer) {
    return LuceneIndex.FORMAT + "/" + tokenizer;
  }

  private CommitQueries queries(CommitRecord commit) {
    return new CommitQueries(client, schema, collection, commit);
  }

  private static CommitRecord of(Optional<StoredRecords.Read> read, String identity) {
    return read.map(one -> CommitRecord.of(one.value())).orElse(CommitRecord.none(identity));
  }

  @Override
  public synchronized boolean claim() {
    if (writer != null) {
      return false;
    }
    schema.create();
    Optional<StoredRecords.Read> read = records.read(collection);
    CommitRecord last = of(read, identity);
    if (!last.identity().equals(identity)) {
      // As in a folder, an index of another version or tokenizer counts as none. Its record says so
      // before the first of its chunks is deleted, whoever reads or goes on with it.
      CommitRecord none = last.none();
      if (read.isPresent()) {
        read = records.write(collection, none.json(collection), read);
        if (read.isEmpty()) {
          throw taken();
        }
      }
      last = none.as(identity);
      stored.deleteBornUpTo(last.reserved());
    }
    CommitRecord mine = last.reserve();
    reserved = records.write(collection, mine.json(collection), read);
    if (reserved.isEmpty()) {
      throw taken();
    }
    if (!mine.aborted().isEmpty()) {
      stored.undo(mine.aborted());
    }
    String before = view.commit().id();
    view = view(mine);
    // The last writer may have left records to sweep.
    recent.add(new Aged(mine.committed(), System.nanoTime(), mine.committed() > mine.swept()));
    writer =
        new GenerationWriter(
            client, schema, collection, mine.reserved(), view.blocks(), view.allWords());
    return !before.equals(mine.id());
  }

  private UserError taken() {
    return new UserError(
        UserError.Kind.BUSY,
        "another process writes collection %s in OpenSearch at %s: let only one index worker write a prefix"
            .formatted(collection, client.address()));
  }

  /// Deletes the collection. What is left of its record keeps new records from meeting the
  /// tombstones of the old ones.
  void drop() {
    Optional<StoredRecords.Read> read = records.read(collection);
    if (read.isEmpty()) {
      return;
    }
    CommitRecord none = of(read, identity).none();
    if (records.write(collection, none.json(collection), read).isEmpty()) {
      throw taken();
    }
    stored.deleteBornUpTo(none.reserved());
  }

  /// Deletes the records that its commits have removed, unless another process goes on with it.
  void sweep() {
    Optional<StoredRecords.Read> read = records.read(collection);
    CommitRecord last = of(read, identity);
    if (last.swept() >= last.committed()) {
      return;
    }
    // First, so that no reader relies on them.
    CommitRecord swept = last.sweep();
    if (records.write(collection, swept.json(collection), read).isPresent()) {
      stored.sweep(swept.swept(), swept.aborted());
    }
  }

  private GenerationWriter writer() {
    RuntimeException failure = broken;
    if (failure != null) {
      throw failure;
    }
    GenerationWriter open = writer;
    while (open == null) {
      boolean _ = claim();
      open = writer;
    }
    return open;
  }

  @Override
  public void put(Item item) {
    write(ItemParts.Part.last(item, 0));
  }

  @Override
  public ItemParts begin(DocumentId item) {
    return new GatedParts(this, gate, item);
  }

  @Override
  public void write(ItemParts.Part part) {
    shared(open -> open.write(part));
  }

  @Override
  public void remove(DocumentId item) {
    shared(open -> open.remove(item));
  }

  private interface Change {
    void on(GenerationWriter open);
  }

  private void shared(Change change) {
    holding(lock.readLock(), () -> change.on(writer()));
  }

  private void holding(Lock held, Runnable work) {
    held.lock();
    try {
      work.run();
    } catch (RuntimeException e) {
      throw failed(e);
    } catch (Error e) {
      throw failed(
          new IllegalStateException("writing collection %s failed".formatted(collection), e));
    } finally {
      held.unlock();
    }
  }

  /// Lets nothing be written until [#release]: a batch may be lost, and the next commit would
  /// succeed without it.
  private synchronized RuntimeException failed(RuntimeException e) {
    RuntimeException first = broken;
    if (first == null) {
      broken = e;
      writer = null;
      return e;
    }
    return first;
  }

  @Override
  public boolean tryCommit() {
    return gate.tryPass(() -> commitWhole(notes()));
  }

  @Override
  public void commit(Map<String, String> notes) {
    gate.pass(() -> commitWhole(notes));
  }

  private void commitWhole(Map<String, String> notes) {
    holding(
        lock.writeLock(),
        () -> {
          if (writer != null || broken != null || !notes.equals(notes())) {
            GenerationWriter open = writer();
            client.together(() -> commit(open, notes));
          }
        });
  }

  private synchronized void commit(GenerationWriter open, Map<String, String> notes) {
    boolean changed = open.isChanged();
    open.flush();
    if (changed) {
      stored.refresh();
    }
    long sweepTo = sweepTo();
    CommitRecord before = of(reserved, identity);
    CommitRecord after = before.commit(UUID.randomUUID().toString(), sweepTo, notes);
    Optional<StoredRecords.Read> written =
        records.write(collection, after.json(collection), reserved);
    if (written.isEmpty()) {
      throw taken();
    }
    reserved = written;
    recent.add(new Aged(after.committed(), System.nanoTime(), open.hasRemoved()));
    open.committed(after.reserved());
    if (sweepTo > before.swept()) {
      stored.sweep(sweepTo, before.aborted());
    }
  }

  /// Returns the generation up to which the dead are to be deleted; 0 if none are.
  private long sweepTo() {
    long now = System.nanoTime();
    long last = 0;
    while (!recent.isEmpty() && now - recent.getFirst().nanos() > kept.toNanos()) {
      Aged old = recent.removeFirst();
      last = old.removed() ? old.generation() : last;
    }
    return last;
  }

  @Override
  public Map<String, String> notes() {
    return current().notes();
  }

  /// Returns the last commit, of any process.
  private CommitRecord current() {
    CommitRecord last = of(records.read(collection), identity);
    return last.identity().equals(identity) ? last : CommitRecord.none(identity);
  }

  @Override
  public Snapshot snapshot() {
    CommitRecord last = of(records.read(collection), identity);
    // A writer of this version counts it as none, and begins anew.
    boolean foreign = writer == null && !last.identity().equals(identity);
    if (foreign && last.committed() > 0) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "collection %s in OpenSearch at %s was written by another version of Brimful: start an index worker of this version, which writes it anew"
              .formatted(collection, client.address()));
    }
    return new OpenSearchSnapshot(view(foreign ? CommitRecord.none(identity) : last));
  }

  /// Returns what tells the last commit from all others; empty if there is none.
  public String commitId() {
    return current().id();
  }

  private synchronized CommitView view(CommitRecord commit) {
    if (!commit.id().equals(view.commit().id())) {
      view =
          commit.committed() < view.commit().committed()
              ? CommitView.none(CommitRecord.none(identity), queries(commit))
                  .at(commit, queries(commit))
              : view.at(commit, queries(commit));
    }
    return view;
  }

  @Override
  public void release() {
    giveBack();
    forget();
  }

  private synchronized void forget() {
    writer = null;
    broken = null;
    reserved = Optional.empty();
    recent.clear();
  }

  /// Gives the reserved generation back if it has nothing, else the next writer would count it as
  /// aborted. That is no loss, so it is tried once.
  private void giveBack() {
    if (!lock.writeLock().tryLock()) {
      return;
    }
    try {
      giveBackUnused();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private synchronized void giveBackUnused() {
    GenerationWriter open = writer;
    if (open != null && !open.isChanged() && reserved.isPresent()) {
      CommitRecord unused = of(reserved, identity).giveBack();
      client
          .bestEffort()
          .attempt(
              "give a generation of %s back".formatted(collection),
              () -> {
                var _ = records.impatient().write(collection, unused.json(collection), reserved);
              });
    }
  }

  @Override
  public void close() {
    release();
  }
}
