package brimful.kafka.record;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;

/// A claim check: what a worker has to do for one version of one item. Under 4 KB; the file's bytes
/// stay where they are.
///
/// Claims of one item are ordered by version alone: a share group delivers them in any order, and
/// some of them twice.
///
/// @param job the submission it belongs to
/// @param version grows with each submission of the item
/// @param attempts how often earlier deliveries failed
/// @param redrives the hash of the bytes whose dead letter is being redriven: such a claim bypasses
///   the poison cache, and its success withdraws the dead letter; empty for an ordinary claim
public record Claim(
    CollectionKey collection,
    String job,
    DocumentId item,
    long version,
    Work work,
    Attempts attempts,
    String redrives) {

  /// Returns an ordinary claim.
  public Claim(
      CollectionKey collection,
      String job,
      DocumentId item,
      long version,
      Work work,
      Attempts attempts) {
    this(collection, job, item, version, work, attempts, "");
  }

  /// The work to do.
  public sealed interface Work {

    /// Returns whether secrets in the item's text may be kept.
    boolean unmasked();

    /// Read a file.
    ///
    /// @param location where its source can be opened, as [brimful.source.Source#location] says
    /// @param path the file's id in that source
    /// @param stamp its state when it was listed
    /// @param bytes its size at that time
    /// @param unmasked whether secrets in its text are kept
    record Read(String location, DocumentId path, String stamp, long bytes, boolean unmasked)
        implements Work {
      /// Returns the ordinary work, which masks secrets.
      public Read(String location, DocumentId path, String stamp, long bytes) {
        this(location, path, stamp, bytes, false);
      }
    }

    /// Record a file that a rule skipped, so that the counts add up, or one that cannot be had now.
    ///
    /// @param unmasked whether an earlier text that shows secrets may stay
    record Note(Outcome outcome, boolean unmasked) implements Work {
      /// Returns the ordinary note, which lets only masked text stay.
      public Note(Outcome outcome) {
        this(outcome, false);
      }
    }

    /// Delete an item that has vanished.
    record Delete() implements Work {
      @Override
      public boolean unmasked() {
        return false;
      }
    }
  }

  /// Failed attempts, counted by cause.
  ///
  /// A deployment, a crashed worker and a missing mount say nothing about the file. Only they are
  /// counted here, generously. A file that breaks its parser is a result at the first attempt and
  /// never counted.
  ///
  /// @param lost deliveries that ended without acknowledgement: the worker was stopped or killed
  /// @param transients attempts in which the source was there and the file could not be read
  /// @param waits how often the claim was set aside
  public record Attempts(int lost, int transients, int waits) {
    public static final Attempts NONE = new Attempts(0, 0, 0);

    public Attempts {
      if (lost < 0 || transients < 0 || waits < 0) {
        throw new IllegalArgumentException(
            "%s lost and %s transient attempts, %s waits: count from 0"
                .formatted(lost, transients, waits));
      }
    }

    /// Returns the attempts after more lost deliveries.
    public Attempts lost(int more) {
      return new Attempts(lost + more, transients, waits);
    }

    /// Returns the attempts after the claim was set aside.
    ///
    /// @param failed how many attempts at the file failed
    public Attempts setAside(int failed) {
      return new Attempts(lost, transients + failed, waits + 1);
    }

    /// Returns whether the claim is still as it was submitted.
    public boolean isNone() {
      return lost + transients + waits == 0;
    }
  }

  /// Returns what identifies a state of the item across claims. The location is not part of it:
  /// every commit of a repository has another, and most files are the same in it.
  public String state() {
    return state(work);
  }

  public static String state(Work work) {
    return switch (work) {
      case Work.Read read -> "read " + read.path() + " " + read.stamp() + unmasked(read);
      case Work.Note note -> "note " + note.outcome().display() + unmasked(note);
      case Work.Delete _ -> "delete";
    };
  }

  private static String unmasked(Work work) {
    return work.unmasked() ? " unmasked" : "";
  }

  public Claim after(Attempts attempts) {
    return new Claim(collection, job, item, version, work, attempts, redrives);
  }

  /// Returns the claim of a newer version of the same item, without failed attempts.
  ///
  /// @param letter the hash in the dead letter that is redriven
  public Claim again(String newJob, long now, String letter) {
    return new Claim(
        collection, newJob, item, Math.max(version + 1, now), work, Attempts.NONE, letter);
  }
}
