package brimful.queue;

import brimful.corpus.DocumentId;
import java.util.Locale;
import java.util.Set;

/// The two lanes of claims: one archive of 2 GB must not hold up a thousand small files.
public enum Lane {
  /// What is read in milliseconds, many at a time.
  SMALL,
  /// Large files, and documents of any size, whose parsers may take minutes: one at a time.
  LARGE;

  /// Text of this size is read, cut and counted in about a second.
  static final long SMALL_BYTES_MAX = 1L << 20;

  /// What is parsed, not just decoded.
  private static final Set<String> DOCUMENTS =
      Set.of(
          "pdf", "doc", "docx", "docm", "dot", "dotx", "xls", "xlsx", "xlsm", "xlsb", "ppt", "pptx",
          "pptm", "pps", "ppsx", "odt", "ods", "odp", "odg", "rtf", "epub", "chm", "hwp", "wpd",
          "wp", "pages", "numbers", "key", "one", "html", "htm", "xhtml", "mht", "mhtml", "eml",
          "msg", "mbox", "pst", "zip", "tar", "gz", "tgz", "bz2", "xz", "zst", "7z", "rar", "cpio",
          "ar", "xps", "ai");

  static Lane of(Claim claim) {
    return switch (claim.work()) {
      case Claim.Work.Read read -> of(read.path(), read.bytes());
      case Claim.Work.Note _, Claim.Work.Delete _ -> SMALL;
    };
  }

  static Lane of(DocumentId id, long bytes) {
    String name = id.value().toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return bytes > SMALL_BYTES_MAX || DOCUMENTS.contains(extension) ? LARGE : SMALL;
  }

  String topic(Topics topics) {
    return switch (this) {
      case SMALL -> topics.jobsSmall();
      case LARGE -> topics.jobsLarge();
    };
  }
}
