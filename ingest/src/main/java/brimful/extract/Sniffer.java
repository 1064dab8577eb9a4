package brimful.extract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import brimful.corpus.PathKind;
import brimful.extract.charset.Charsets;
import brimful.extract.charset.Ebcdic;
import brimful.extract.format.FileHeader;
import brimful.extract.mail.MailContent;
import brimful.source.FileHead;
import java.util.Set;

/// Recognises a file's type by its first bytes; its name is only a hint.
///
/// A file that begins like a parsed format, as far as its [FileHeader] can be verified, goes to the
/// parser. Well-known media and programs are skipped, and so is everything with NULs or many
/// control characters that is not UTF-16 or UTF-32; a gap of many NULs in text is only a gap. The
/// rest is text. A mail is text too; only its name or its [MailContent] requests parsing.
final class Sniffer {
  /// How much of a file's start is examined.
  static final int HEAD_BYTES = FileHead.BYTES;

  /// Documents that are zips, and are known by their names if their first bytes are damaged.
  private static final Set<String> OFFICE =
      Set.of("docx", "docm", "xlsx", "xlsm", "pptx", "pptm", "odt", "ods", "odp", "epub");

  private Sniffer() {}

  /// What to do with a file.
  enum Kind {
    EMPTY,
    TEXT,
    DOCUMENT,
    MEDIA,
    BINARY
  }

  static Kind kind(byte[] head, String name) {
    if (head.length == 0) {
      return Kind.EMPTY;
    }
    String start = new String(head, ISO_8859_1);
    // A broken PDF with a PDF's name fails as one; it is not text.
    boolean pdf = PathKind.ending(name).equals("pdf") && FileHeader.isLatePdf(start);
    boolean office = OFFICE.contains(PathKind.ending(name)) && FileHeader.isLateZip(start);
    if (pdf || office || FileHeader.isDocument(start)) {
      return Kind.DOCUMENT;
    }
    if (FileHeader.isProgram(start)) {
      return Kind.BINARY;
    }
    if (FileHeader.isPixels(start)) {
      return Kind.MEDIA;
    }
    boolean gaps = start.indexOf(0) >= 0;
    if ((gaps && FileHeader.isMedia(start)) || FileHeader.isPng(start)) {
      return Kind.MEDIA;
    }
    if (FileHead.isBytewiseText(head)
        || Charsets.ofMarks(head).isPresent()
        || Ebcdic.of(head).isPresent()) {
      boolean mail =
          (PathKind.isMail(name) && MailContent.mayBe(head, name))
              || MailContent.of(head, name) != MailContent.NONE;
      return mail ? Kind.DOCUMENT : Kind.TEXT;
    }
    if (FileHeader.isLatePdf(start)) {
      return Kind.DOCUMENT;
    }
    return FileHeader.isMedia(start) ? Kind.MEDIA : Kind.BINARY;
  }
}
