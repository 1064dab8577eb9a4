package brimful.index;

import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Writes an item's parts, each as a block of its own.
public final class GatedParts implements ItemParts {
  private final Target index;
  private final Gate gate;
  private final DocumentId id;
  private int number;
  private Optional<Document> previous = Optional.empty();

  /// An index that takes parts.
  public interface Target {
    /// Writes a part of an item; the first replaces everything that is there of the item.
    void write(Part part);

    /// Deletes an item.
    void remove(DocumentId item);
  }

  public GatedParts(Target index, Gate gate, DocumentId id) {
    this.index = index;
    this.gate = gate;
    this.id = id;
  }

  @Override
  public void add(List<Document> documents) {
    if (documents.isEmpty()) {
      return;
    }
    requireNext(documents);
    if (number == 0) {
      gate.enter();
    }
    // It counts as begun even if the index cannot take it.
    int part = number++;
    index.write(new Part(id, part, Optional.empty(), documents));
    previous = Optional.of(documents.getLast());
  }

  @Override
  public void end(Item last) {
    boolean failed = last.outcome() instanceof Outcome.Failed;
    if (!failed) {
      requireNext(last.documents());
    }
    index.write(Part.last(last, failed ? 0 : number));
    free();
  }

  /// Readers join the parts of a document by their numbers alone.
  private void requireNext(List<Document> documents) {
    for (int i = 0; i < documents.size(); i++) {
      Document document = documents.get(i);
      boolean more =
          i == 0 && previous.filter(before -> before.id().equals(document.id())).isPresent();
      int next = more ? previous.map(Document::next).orElse(0) : 0;
      if (document.first() != next) {
        throw new IllegalArgumentException(
            "document %s begins with chunk %s in a part of %s: go on with chunk %s"
                .formatted(document.id(), document.first(), id, next));
      }
    }
  }

  @Override
  public void close() {
    if (number > 0) {
      try {
        index.remove(id);
      } catch (UncheckedIOException | UserError _) {
        // Then the index loses all that was not committed, and whoever changes it next is told.
      } finally {
        free();
      }
    }
  }

  private void free() {
    if (number > 0) {
      number = 0;
      gate.leave();
    }
  }

  /// Keeps commits out while items are between their first and their last part, so that no half of
  /// one is ever committed. Safe for many threads.
  public static final class Gate {
    private static final int ITEMS_MAX = Integer.MAX_VALUE;

    /// Fair, so that new items cannot hold up a commit forever.
    private final Semaphore free = new Semaphore(ITEMS_MAX, true);

    /// An item begins; waits for the end of a commit.
    void enter() {
      free.acquireUninterruptibly();
    }

    /// An item has ended.
    void leave() {
      free.release();
    }

    /// Commits once all items have ended that have begun.
    public void pass(Runnable commit) {
      free.acquireUninterruptibly(ITEMS_MAX);
      run(commit);
    }

    /// Commits if no item has begun that has not ended.
    ///
    /// @return whether it did
    public boolean tryPass(Runnable commit) {
      boolean passed = free.tryAcquire(ITEMS_MAX);
      if (passed) {
        run(commit);
      }
      return passed;
    }

    private void run(Runnable commit) {
      try {
        commit.run();
      } finally {
        free.release(ITEMS_MAX);
      }
    }
  }
}
