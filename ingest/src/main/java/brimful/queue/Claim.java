package brimful.queue;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;

/// A claim check: what a worker has to do about one version of one item. Under 4 KB; the bytes stay
/// where they are.
///
/// Claims of one item are ordered by version alone: a share group delivers them in any order, and
/// some of them twice.
///
/// @param job the submission it belongs to
/// @param version grows with each submission of the item
/// @param attempts how often earlier deliveries came to nothing
/// @param redrives the hash of the bytes whose dead letter this is another chance for: it passes
///   the poison cache, and takes the letter away if it goes well; empty for an ordinary claim
public record Claim(
    CollectionKey collection,
    String job,
    DocumentId item,
    long version,
    Work work,
    Attempts attempts,
    String redrives) {

  /// An ordinary claim.
  public Claim(
      CollectionKey collection,
      String job,
      DocumentId item,
      long version,
      Work work,
      Attempts attempts) {
    this(collection, job, item, version, work, attempts, "");
  }

  /// What is to be done.
  public sealed interface Work {

    /// Read a file.
    ///
    /// @param location where its source can be opened, as [brimful.source.Source#location] says
    /// @param path the file's id in that source
    /// @param stamp its state when it was listed
    /// @param bytes its size then
    record Read(String location, DocumentId path, String stamp, long bytes) implements Work {}

    /// Take note of a file that a rule left out, so that the counts add up.
    record Note(Outcome outcome) implements Work {}

    /// Forget an item that has vanished.
    record Delete() implements Work {}
  }

  /// The ledger of attempts that came to nothing, by cause.
  ///
  /// A deploy, a crash of a worker and a mount that is away say nothing about the file. So only
  /// they are counted here, generously, and a file that breaks its parser never is: that is its
  /// result, at the first attempt.
  ///
  /// @param lost deliveries that ended without a word: the worker was stopped or killed
  /// @param transients deliveries that met trouble that passes, such as a folder that is not
  ///   mounted
  public record Attempts(int lost, int transients) {
    static final Attempts NONE = new Attempts(0, 0);

    public Attempts {
      if (lost < 0 || transients < 0) {
        throw new IllegalArgumentException(
            "%s lost and %s transient attempts: count from 0".formatted(lost, transients));
      }
    }

    int total() {
      return lost + transients;
    }
  }

  /// Returns what tells whether the same state of the item was claimed before. The location is no
  /// part of it: every commit of a repository has another, and most files are the same in it.
  String state() {
    return state(work);
  }

  static String state(Work work) {
    return switch (work) {
      case Work.Read read -> "read " + read.path() + " " + read.stamp();
      case Work.Note note -> "note " + note.outcome().display();
      case Work.Delete _ -> "delete";
    };
  }

  Claim after(Attempts attempts) {
    return new Claim(collection, job, item, version, work, attempts, redrives);
  }

  /// Returns the claim of a newer version of the same, with an empty ledger.
  ///
  /// @param letter the hash in the letter that is redriven
  Claim again(String newJob, long now, String letter) {
    return new Claim(
        collection, newJob, item, Math.max(version + 1, now), work, Attempts.NONE, letter);
  }
}
