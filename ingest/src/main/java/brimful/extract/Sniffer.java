package brimful.extract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import brimful.corpus.PathKind;
import brimful.source.FileHead;

/// Tells from a file's first bytes what it is; its name is only a hint.
///
/// What begins like a format we parse, as far as its [FileHeader] can be checked, goes to the
/// parser. Well-known media and programs end here, and so does everything with NULs or many control
/// characters that is not UTF-16 or UTF-32; but a gap of many NULs in text is only a gap. What
/// remains is text. A mail is text too, and only its name says that it should be parsed.
final class Sniffer {
  /// How much of a file's start is looked at.
  static final int HEAD_BYTES = FileHead.BYTES;

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
    // A broken PDF that says by its name what it is fails as one; it is no text.
    boolean pdf = PathKind.ending(name).equals("pdf") && FileHeader.isLatePdf(start);
    if (pdf || FileHeader.isDocument(start)) {
      return Kind.DOCUMENT;
    }
    if (FileHeader.isProgram(start)) {
      return Kind.BINARY;
    }
    boolean gaps = start.indexOf(0) >= 0;
    if (gaps && FileHeader.isMedia(start)) {
      return Kind.MEDIA;
    }
    if (FileHead.isBytewiseText(head) || Charsets.ofMarks(head).isPresent()) {
      return PathKind.isMail(name) ? Kind.DOCUMENT : Kind.TEXT;
    }
    if (FileHeader.isLatePdf(start)) {
      return Kind.DOCUMENT;
    }
    return FileHeader.isMedia(start) ? Kind.MEDIA : Kind.BINARY;
  }
}
