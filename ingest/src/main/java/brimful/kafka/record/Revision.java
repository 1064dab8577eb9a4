package brimful.kafka.record;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;

/// One version of one item, as produced by a worker: what the index worker puts or deletes.
///
/// @param job the submission it belongs to
/// @param version see [Claim]
/// @param bytes the file's size, for progress
/// @param unmasked whether secrets in its text were kept, or in an earlier text may be
public record Revision(
    CollectionKey collection,
    String job,
    long version,
    long bytes,
    boolean unmasked,
    Change change) {

  /// Returns an ordinary revision, whose secrets are masked.
  public Revision(CollectionKey collection, String job, long version, long bytes, Change change) {
    this(collection, job, version, bytes, false, change);
  }

  /// Returns what has come of a claim.
  public static Revision of(Claim claim, Change change) {
    long bytes = claim.work() instanceof Claim.Work.Read read ? read.bytes() : 0;
    return new Revision(
        claim.collection(), claim.job(), claim.version(), bytes, claim.work().unmasked(), change);
  }

  /// The change to the item.
  public sealed interface Change {
    DocumentId id();

    record Put(Item item) implements Change {
      @Override
      public DocumentId id() {
        return item.id();
      }
    }

    record Delete(DocumentId id) implements Change {}
  }

  public DocumentId id() {
    return change.id();
  }
}
