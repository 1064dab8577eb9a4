package brimful.extract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells from a file's first bytes what it is; its name is only a hint.
///
/// Bytes that begin like a format we parse go to the parser, well-known media and programs end
/// here, and so does everything with NULs or many control characters that is not UTF-16 or UTF-32.
/// What remains is text. A mail is text too, and only its name says that it should be parsed.
final class Sniffer {
  /// How much of a file's start is looked at.
  static final int HEAD_BYTES = 8 << 10;

  /// Text has tabs, line breaks, form feeds and escapes, and few other control characters.
  private static final double CONTROLS_MAX = 0.05;

  private static final Set<String> MAIL = Set.of("eml", "mbox", "mht", "mhtml");

  private static final List<String> DOCUMENTS =
      List.of(
          "%PDF-",
          "PK\u0003\u0004",
          "PK\u0005\u0006",
          "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1",
          "{\\rtf",
          "\u001f\u008b",
          "\u001f\u009d",
          "BZh",
          "\u00fd7zXZ\u0000",
          "(\u00b5/\u00fd",
          "7z\u00bc\u00af'\u001c",
          "Rar!\u001a\u0007",
          "070707",
          "070701",
          "!BDN",
          "\u00ffWPC",
          "ITSF",
          "x\u009f>\"",
          "\u00e4R\\{\u008c\u00d8\u00a7M");
  private static final List<String> MEDIA =
      List.of(
          "\u0089PNG",
          "\u00ff\u00d8\u00ff",
          "GIF8",
          "BM",
          "II*\u0000",
          "MM\u0000*",
          "OggS",
          "fLaC",
          "ID3",
          "\u00ff\u00fb",
          "RIFF",
          "FORM",
          "wOFF",
          "wOF2",
          "OTTO",
          "\u001aE\u00df\u00a3",
          "FLV\u0001",
          "8BPS",
          "\u0000\u0000\u0001\u0000",
          "\u0000\u0001\u0000\u0000\u0000",
          "MThd");

  private static final int TAR_MAGIC_AT = 257;
  private static final int PDF_HEADER_WITHIN = 1024;

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
    if (DOCUMENTS.stream().anyMatch(start::startsWith) || start.startsWith("ustar", TAR_MAGIC_AT)) {
      return Kind.DOCUMENT;
    }
    if (Charsets.ofMarks(head).isPresent()) {
      return MAIL.contains(extension(name)) ? Kind.DOCUMENT : Kind.TEXT;
    }
    if (isText(head)) {
      return MAIL.contains(extension(name)) ? Kind.DOCUMENT : Kind.TEXT;
    }
    int pdf = start.indexOf("%PDF-");
    if (pdf >= 0 && pdf < PDF_HEADER_WITHIN) {
      return Kind.DOCUMENT;
    }
    boolean media = MEDIA.stream().anyMatch(start::startsWith) || start.startsWith("ftyp", 4);
    return media ? Kind.MEDIA : Kind.BINARY;
  }

  /// Returns what stands behind a name's last dot, in lower case; empty if there is none.
  static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 || name.indexOf('/', dot) >= 0
        ? ""
        : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean isText(byte[] head) {
    int controls = 0;
    for (byte b : head) {
      if (b == 0) {
        return false;
      }
      boolean usual = b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x1b || b == '\b';
      if (b > 0 && b < 0x20 && !usual) {
        controls++;
      }
    }
    return controls <= Math.max(1, CONTROLS_MAX * head.length);
  }
}
