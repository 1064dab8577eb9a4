package brimful.extract.ole;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Optional;

/// The text of a Word document (MS-DOC) without its table of pieces: all of it, if it lies in one
/// piece, as in a document that was saved as a whole.
final class WordStream {
  private static final int MAGIC = 0xa5ec;
  private static final int HEAD_BYTES = 128;
  private static final int VERSION_97 = 0xc1;
  private static final int ENCRYPTED = 0x0100;
  private static final int LOOKED_AT_BYTES = 4_096;

  /// Of text of one byte a letter, fewer bytes are control characters.
  private static final double CONTROLS_MAX = 0.03;

  private WordStream() {}

  static boolean begins(byte[] stream) {
    return fields(stream).getShort(0) == (short) MAGIC;
  }

  private static ByteBuffer fields(byte[] stream) {
    return ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
  }

  static Optional<String> text(byte[] stream) {
    if (stream.length < HEAD_BYTES) {
      return Optional.empty();
    }
    ByteBuffer fields = fields(stream);
    boolean old = (fields.getShort(2) & 0xffff) < VERSION_97;
    int start = text(stream, fields.getInt(0x18));
    long characters = fields.getInt(old ? 0x34 : 0x4c);
    boolean encrypted = (fields.getShort(0x0a) & ENCRYPTED) != 0;
    if (encrypted || start >= stream.length || characters <= 0) {
      return Optional.empty();
    }
    boolean wide = !old && isWide(stream, start);
    int end = (int) Math.min(stream.length, start + characters * (wide ? 2 : 1));
    Charset charset = wide ? UTF_16LE : Charset.forName("windows-1252");
    return Optional.of(clean(new String(stream, start, end - start, charset)))
        .filter(text -> !text.isBlank());
  }

  /// Returns where text begins: in some documents its place is empty, and it comes after it.
  private static int text(byte[] stream, int place) {
    int at = Math.max(HEAD_BYTES, place);
    while (at < stream.length && stream[at] == 0) {
      at++;
    }
    return at;
  }

  private static boolean isWide(byte[] stream, int start) {
    int end = Math.min(stream.length, start + LOOKED_AT_BYTES);
    int controls = 0;
    for (int i = start; i < end; i++) {
      controls += stream[i] >= 0 && stream[i] < 7 ? 1 : 0;
    }
    return controls > CONTROLS_MAX * (end - start);
  }

  /// Marks of cells, fields and breaks as a reader sees them.
  private static String clean(String text) {
    return text.replaceAll("\u0013[^\u0013-\u0015]*\u0014?", "")
        .replace("\u0007\u0007", "\n")
        .replace("\u0007", " | ")
        .replaceAll("[\r\u000b\f]", "\n")
        .replace('\u001e', '-')
        .replaceAll("[\u0000-\u0008\u000e-\u001f]", "");
  }
}
