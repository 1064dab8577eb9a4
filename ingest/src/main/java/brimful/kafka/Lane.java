package brimful.kafka;

import brimful.corpus.DocumentId;
import brimful.corpus.PathKind;
import brimful.kafka.record.Claim;

/// The lanes of claims, each a topic with slots of its own in every worker: an archive of 2 GB must
/// not hold up a thousand small files, and a job of 20 files not wait for one of 20,000.
public enum Lane {
  /// Items that take milliseconds, many at a time.
  SMALL(false, false),
  /// Large files, and documents of any size, whose parsers may take minutes: one at a time.
  LARGE(true, false),
  /// Small items of small jobs.
  EXPRESS_SMALL(false, true),
  /// Large items of small jobs.
  EXPRESS_LARGE(true, true);

  /// Text of this size is read, cut and counted in about a second.
  static final long SMALL_BYTES_MAX = 1L << 20;

  /// Jobs of so many claims are small: with a slot of their own, a second for each job ahead.
  static final int EXPRESS_CLAIMS_MAX = 100;

  private final boolean large;
  private final boolean express;

  Lane(boolean large, boolean express) {
    this.large = large;
    this.express = express;
  }

  public boolean isLarge() {
    return large;
  }

  public boolean isExpress() {
    return express;
  }

  /// @param jobClaims how many claims the job has
  static Lane of(Claim claim, int jobClaims) {
    boolean express = jobClaims <= EXPRESS_CLAIMS_MAX;
    return switch (claim.work()) {
      case Claim.Work.Read read -> of(read.path(), read.bytes(), express);
      case Claim.Work.Note _, Claim.Work.Delete _ -> express ? EXPRESS_SMALL : SMALL;
    };
  }

  static Lane of(DocumentId id, long bytes, boolean express) {
    return bytes > SMALL_BYTES_MAX || PathKind.isParsed(id.value())
        ? express ? EXPRESS_LARGE : LARGE
        : express ? EXPRESS_SMALL : SMALL;
  }

  public String topic(Topics topics) {
    return switch (this) {
      case SMALL -> topics.jobsSmall();
      case LARGE -> topics.jobsLarge();
      case EXPRESS_SMALL -> topics.jobsExpressSmall();
      case EXPRESS_LARGE -> topics.jobsExpressLarge();
    };
  }
}
