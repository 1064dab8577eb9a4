package brimful.extract.format;

import java.util.List;
import java.util.regex.Pattern;

/// The headers of well-known file formats.
///
/// The first few bytes prove nothing where they are letters: a log of the year 2007 begins with
/// `070701`, as a cpio archive does, and a name may begin with `BZh`. So the fields after them are
/// checked too, wherever text could begin the same way.
public final class FileHeader {
  private static final int TAR_MAGIC_AT = 257;
  private static final int TAR_HEADER_BYTES = 512;
  private static final int TAR_CHECKSUM_AT = 148;
  private static final int TAR_CHECKSUM_BYTES = 8;
  private static final int PDF_HEADER_WITHIN = 1024;

  private static final List<FileHeader> DOCUMENTS =
      List.of(
          // A PDF has objects, and all but the smallest have binary data in their first kilobytes.
          of("%PDF-\\d\\.\\d[^\\r\\n]{0,8}[\\r\\n].*?\\bobj\\b"),
          of("PK\\x03\\x04.{2}"),
          of("PK\\x05\\x06\\x00"),
          of("\\xd0\\xcf\\x11\\xe0\\xa1\\xb1\\x1a\\xe1"),
          of("\\{\\\\rtf(?:\\\\[a-z]|\\d[\\\\{};\\r\\n]|\\d .*?\\\\[a-z])"),
          // Deflate, and no reserved flag.
          of("\\x1f\\x8b\\x08[\\x00-\\x1f]"),
          // 9 to 16 bits.
          of("\\x1f\\x9d[\\x09-\\x10\\x89-\\x90]"),
          // A block, or the end of an empty stream.
          of("BZh[1-9](?:1AY&SY|\\x17rE8P\\x90)"),
          of("\\xfd7zXZ\\x00"),
          of("\\(\\xb5/\\xfd"),
          of("7z\\xbc\\xaf'\\x1c"),
          of("Rar!\\x1a\\x07[\\x00\\x01]"),
          of("070707[0-7]{70}"),
          of("07070[12][0-9A-Fa-f]{104}"),
          of("!BDN.{4}SM"),
          of("\\xffWPC.{4}\\x01"),
          of("ITSF[\\x01-\\x04]\\x00\\x00\\x00"),
          of("x\\x9f>\".{2}[\\x01\\x02]"),
          of("\\xe4R\\\\\\{\\x8c\\xd8\\xa7M"));

  /// What stands between numbers in the header of a Netpbm file.
  private static final String GAP = "(?:\\s|#[^\\n]{0,200}\\n){1,200}";

  private static final String SIDES = GAP + "\\d{1,6}" + GAP + "\\d{1,6}";

  /// Netpbm's images: numbers and nothing else, or bytes that are no text.
  private static final List<FileHeader> PIXMAPS =
      List.of(
          of("P[1-3]" + SIDES + GAP + "[\\d\\s]*+\\z"),
          of("P4" + SIDES + "\\s.*?[^\\t\\n\\r\\x20-\\x7e]"),
          of("P[56]" + SIDES + GAP + "\\d{1,5}\\s.*?[^\\t\\n\\r\\x20-\\x7e]"));

  /// Pixels that nobody here reads, and that may pass for text.
  private static final List<FileHeader> PIXELS =
      List.of(of("P[Ff]\\s+\\d{1,6}\\s+\\d{1,6}\\s+-?\\d+(?:\\.\\d+)?\\s"), of("/\\* XPM \\*/\\s"));

  private static final List<FileHeader> IMAGES =
      List.of(
          of("\\x89PNG\\r\\n\\x1a\\n"),
          of("\\xff\\xd8\\xff[\\xc0-\\xfe]"),
          of("GIF8[79]a.[\\x00-\\x1f].[\\x00-\\x1f]"),
          // The reserved fields are 0, and one of the known header sizes follows.
          of("BM.{4}\\x00{4}.{4}[\\x0c\\x28\\x34\\x38\\x40\\x6c\\x7c]\\x00\\x00\\x00"),
          of("II\\*\\x00"),
          of("MM\\x00\\*"),
          of("RIFF.{4}WEBPVP8[ LX]"));

  private static final List<FileHeader> OTHER_MEDIA =
      List.of(
          of("\\x89PNG\\x00"),
          of("OggS\\x00"),
          of("fLaC[\\x00\\x80]\\x00"),
          of("ID3[\\x02-\\x04][\\x00-\\x0a][\\x00-\\xf0][\\x00-\\x7f]{4}"),
          of("\\xff[\\xf2\\xf3\\xfa\\xfb][^\\xf0-\\xff]"),
          of("RIFF.{4}(?:WAVE|AVI |RMID|ACON|CDXA)"),
          of("FORM.{4}(?:AIF[FC]|8SVX|ILBM|ANIM|DJV[UM])"),
          of("wOF[F2](?:\\x00\\x01\\x00\\x00|OTTO|true)"),
          of("OTTO\\x00[\\x01-\\x40]"),
          of("\\x1aE\\xdf\\xa3"),
          of("FLV\\x01[\\x00-\\x05]\\x00\\x00\\x00\\x09"),
          of("8BPS\\x00[\\x01\\x02]"),
          of("\\x00\\x00[\\x01\\x02]\\x00[^\\x00]\\x00"),
          of("\\x00\\x01\\x00\\x00\\x00"),
          of("MThd\\x00\\x00\\x00\\x06"),
          of("\\x00\\x00.{2}ftyp[\\x20-\\x7e]{4}"),
          of("\\x00\\x00\\x00\\x0cjP {2}"));

  private static final List<FileHeader> RECORDINGS =
      List.of(
          of("OggS\\x00"),
          of("fLaC[\\x00\\x80]\\x00"),
          of("ID3[\\x02-\\x04][\\x00-\\x0a][\\x00-\\xf0][\\x00-\\x7f]{4}"),
          of("\\xff[\\xf2\\xf3\\xfa\\xfb][^\\xf0-\\xff]"),
          of("RIFF.{4}(?:WAVE|AVI )"),
          of("FORM.{4}AIF[FC]"),
          of("\\x1aE\\xdf\\xa3"),
          of("FLV\\x01[\\x00-\\x05]\\x00\\x00\\x00\\x09"),
          // The brands of pictures are others.
          of("\\x00\\x00.{2}ftyp(?!avi[fs]|hei|hev|mif1|msf1|crx)[\\x20-\\x7e]{4}"));

  private static final List<FileHeader> PROGRAMS =
      List.of(
          of("!<arch>\\n"), of("\\x7fELF"), of("\\xca\\xfe\\xba\\xbe"), of("SQLite format 3\\x00"));

  private static final Pattern ENVELOPED =
      Pattern.compile("(?s)0[\\x80-\\x84].{0,4}\\x06\\x09\\x2a\\x86H\\x86\\xf7\\r\\x01\\x07\\x03");

  private static final Pattern PDF = Pattern.compile("%PDF-\\d\\.\\d");

  private final Pattern pattern;
  private final int first;

  private FileHeader(Pattern pattern, int first) {
    this.pattern = pattern;
    this.first = first;
  }

  /// @param regex bytes as Latin-1; its first character stands for itself, or is an `\x` escape
  private static FileHeader of(String regex) {
    int first =
        regex.startsWith("\\x")
            ? Integer.parseInt(regex.substring(2, 4), 16)
            : regex.charAt(regex.startsWith("\\") ? 1 : 0);
    return new FileHeader(Pattern.compile("(?s)(?:" + regex + ")"), first);
  }

  /// Returns whether a file is a document for the parser, archives included.
  ///
  /// @param start its first bytes as Latin-1
  public static boolean isDocument(String start) {
    return any(DOCUMENTS, start) || isTar(start);
  }

  /// Tells whether a PDF begins somewhere in the first bytes, as readers of PDF allow.
  public static boolean isLatePdf(String start) {
    return PDF.matcher(start).region(0, Math.min(start.length(), PDF_HEADER_WITHIN)).find();
  }

  /// Tells whether a member of a zip begins somewhere in the first bytes, although the zip's own
  /// beginning is damaged, and no OLE document's is there.
  public static boolean isLateZip(String start) {
    return start.contains("PK\003\004") && !start.startsWith("\u00d0\u00cf\021\u00e0");
  }

  public static boolean isMedia(String start) {
    return isImage(start) || any(OTHER_MEDIA, start);
  }

  /// Tells whether a file is an image that OCR could read.
  public static boolean isImage(String start) {
    return any(IMAGES, start) || any(PIXMAPS, start);
  }

  /// Tells whether a file has pixels that may pass for text.
  public static boolean isPixels(String start) {
    return any(PIXELS, start) || any(PIXMAPS, start);
  }

  /// Tells whether a file is sound or video.
  public static boolean isRecording(String start) {
    return any(RECORDINGS, start);
  }

  /// Tells whether a file begins as a PNG, and as no text does, however short it is.
  public static boolean isPng(String start) {
    return start.startsWith("\u0089PNG\r\n\u001a\n");
  }

  /// Tells whether a message is encrypted for the owner of a certificate (CMS, S/MIME).
  public static boolean isEncryptedMessage(String start) {
    return ENVELOPED.matcher(start).lookingAt();
  }

  public static boolean isProgram(String start) {
    return any(PROGRAMS, start);
  }

  private static boolean any(List<FileHeader> headers, String start) {
    for (FileHeader header : headers) {
      if (header.first == start.charAt(0) && header.pattern.matcher(start).lookingAt()) {
        return true;
      }
    }
    return false;
  }

  /// The header contains its own checksum, computed with blanks in its place.
  private static boolean isTar(String start) {
    if (start.length() < TAR_HEADER_BYTES || !start.startsWith("ustar", TAR_MAGIC_AT)) {
      return false;
    }
    int end = TAR_CHECKSUM_AT + TAR_CHECKSUM_BYTES;
    int sum = ' ' * TAR_CHECKSUM_BYTES;
    for (int i = 0; i < TAR_HEADER_BYTES; i++) {
      sum += i < TAR_CHECKSUM_AT || i >= end ? start.charAt(i) : 0;
    }
    String stated = start.substring(TAR_CHECKSUM_AT, end).replace('\0', ' ').strip();
    return stated.matches("[0-7]{1,7}") && Integer.parseInt(stated, 8) == sum;
  }
}
