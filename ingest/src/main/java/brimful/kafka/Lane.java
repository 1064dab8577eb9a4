package brimful.kafka;

import brimful.corpus.DocumentId;
import brimful.corpus.PathKind;
import brimful.kafka.record.Claim;

/// The two lanes of claims: one archive of 2 GB must not hold up a thousand small files.
public enum Lane {
  /// Items that take milliseconds, many at a time.
  SMALL,
  /// Large files, and documents of any size, whose parsers may take minutes: one at a time.
  LARGE;

  /// Text of this size is read, cut and counted in about a second.
  static final long SMALL_BYTES_MAX = 1L << 20;

  static Lane of(Claim claim) {
    return switch (claim.work()) {
      case Claim.Work.Read read -> of(read.path(), read.bytes());
      case Claim.Work.Note _, Claim.Work.Delete _ -> SMALL;
    };
  }

  static Lane of(DocumentId id, long bytes) {
    return bytes > SMALL_BYTES_MAX || PathKind.isParsed(id.value()) ? LARGE : SMALL;
  }

  public String topic(Topics topics) {
    return switch (this) {
      case SMALL -> topics.jobsSmall();
      case LARGE -> topics.jobsLarge();
    };
  }
}
