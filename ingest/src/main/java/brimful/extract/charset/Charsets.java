package brimful.extract.charset;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.source.FileHead;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Detects the encoding of a text file that does not declare it.
///
/// In this order: a byte order mark; UTF-32 and UTF-16 that read as text; the escapes of
/// ISO-2022-JP; UTF-8, even with a few broken places. Other files are old: they have the
/// [LegacyCharset] in which the characters beyond ASCII follow each other as in one of its
/// languages. The fallback is Windows-1252, in which nearly every byte has a meaning. Every
/// returned encoding can also encode.
public final class Charsets {
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
  private static final Charset ISO_2022_JP = Charset.forName("ISO-2022-JP");

  /// The legacy encodings are tried on this much of what is not ASCII.
  private static final int SAMPLE_BYTES_MAX = 4 << 10;

  /// How much of a line is examined on either side of characters beyond ASCII.
  private static final int AROUND_BYTES = 32;

  /// At most one in this many characters of UTF-32 is beyond the first plane, as emoji are.
  private static final int RARE_SHARE = 2;

  /// UTF-16 is tried on this much of the start.
  private static final int WIDE_BYTES_MAX = 2 << 10;

  private static final int WIDE_BYTES_FEW = 256;

  /// In shorter text, not a single unit may be a non-character: any few bytes read as some letters.
  private static final int WIDE_BYTES_SURE = 32;

  /// UTF-16 text needs fewer bits a byte; other bytes read as UTF-16 need more.
  private static final float WIDE_BITS_MAX = 6.5f;

  private Charsets() {}

  /// Returns the encoding that a byte order mark tells, or that of UTF-16 and UTF-32 without one.
  public static Optional<Charset> ofMarks(byte[] bytes) {
    Optional<Charset> marked = ofMark(bytes);
    return marked.isPresent() ? marked : wide(bytes);
  }

  private static Optional<Charset> ofMark(byte[] bytes) {
    if (starts(bytes, 0xef, 0xbb, 0xbf)) {
      return Optional.of(UTF_8);
    }
    if (starts(bytes, 0xff, 0xfe, 0, 0)) {
      return Optional.of(UTF_32LE);
    }
    if (starts(bytes, 0, 0, 0xfe, 0xff)) {
      return Optional.of(UTF_32BE);
    }
    if (starts(bytes, 0xff, 0xfe)) {
      return Optional.of(UTF_16LE);
    }
    return starts(bytes, 0xfe, 0xff) ? Optional.of(UTF_16BE) : Optional.empty();
  }

  /// Returns the encoding of a name; that of the bytes if there is no such name.
  public static Charset named(@Nullable String name, byte[] bytes) {
    try {
      return name == null ? of(bytes) : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return UTF_8;
    }
  }

  /// Returns the encoding of a text, or of the start of one.
  public static Charset of(byte[] bytes) {
    return of(bytes, ByteScan.of(bytes));
  }

  public static Charset of(byte[] bytes, ByteScan scan) {
    Optional<Charset> marked = ofMark(bytes);
    if (marked.isPresent()) {
      return marked.get();
    }
    if (scan.escapes() > 0 && isJapaneseByEscapes(bytes)) {
      return ISO_2022_JP;
    }
    boolean bytewise =
        scan.nuls() == 0
            ? !scan.isOdd(bytes.length)
            : scan.mostlyUtf8() && FileHead.isBytewiseText(head(bytes));
    if (bytewise && scan.mostlyUtf8()) {
      return UTF_8;
    }
    Optional<Charset> wide = wide(bytes);
    if (!bytewise && (wide.isPresent() || scan.mostlyUtf8())) {
      return wide.orElse(UTF_8);
    }
    return legacy(bytes, wide);
  }

  private static byte[] head(byte[] bytes) {
    return bytes.length > FileHead.BYTES ? Arrays.copyOf(bytes, FileHead.BYTES) : bytes;
  }

  private static Charset legacy(byte[] bytes, Optional<Charset> wide) {
    Optional<Charset> mainframe = Ebcdic.of(bytes);
    if (mainframe.isPresent()) {
      return mainframe.get();
    }
    byte[] sample = sample(bytes);
    LegacyCharset best = LegacyCharset.WINDOWS_1252;
    float fewest = Float.MAX_VALUE;
    for (LegacyCharset each : LegacyCharset.values()) {
      float bits = each.bits(sample, fewest);
      if (bits < fewest) {
        fewest = bits;
        best = each;
      }
    }
    if (wide.isPresent() && wideBits(bytes, wide.get()) < fewest / sample.length) {
      return wide.get();
    }
    return best.charset();
  }

  /// Returns UTF-32 or UTF-16 if the bytes read as text in it.
  private static Optional<Charset> wide(byte[] bytes) {
    if (isUtf32(bytes, 0)) {
      return Optional.of(UTF_32BE);
    }
    if (isUtf32(bytes, 3)) {
      return Optional.of(UTF_32LE);
    }
    float little = wideBits(bytes, UTF_16LE);
    float big = wideBits(bytes, UTF_16BE);
    if (Math.min(little, big) > WIDE_BITS_MAX) {
      return Optional.empty();
    }
    return Optional.of(little <= big ? UTF_16LE : UTF_16BE);
  }

  /// @param high which of four bytes is the first of a number, and always 0
  private static boolean isUtf32(byte[] bytes, int high) {
    int length = Math.min(bytes.length, WIDE_BYTES_MAX) & ~3;
    int rare = 0;
    for (int i = 0; i < length; i += 4) {
      int c =
          high == 0
              ? ByteBuffer.wrap(bytes, i, 4).getInt()
              : Integer.reverseBytes(ByteBuffer.wrap(bytes, i, 4).getInt());
      if (!Character.isDefined(c) || (c < ' ' && !isUsual(c))) {
        return false;
      }
      rare += c >= Character.MIN_SUPPLEMENTARY_CODE_POINT ? 1 : 0;
    }
    // A few bytes of any kind may encode a character that hardly any text contains.
    return length > 0 && rare * RARE_SHARE <= length / 4;
  }

  private static boolean isUsual(int c) {
    return c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0x1b;
  }

  /// Returns how many bits a byte UTF-16 needs, or very many if it is not text.
  private static float wideBits(byte[] bytes, Charset charset) {
    int length = Math.min(bytes.length, WIDE_BYTES_MAX) & ~1;
    if (length == 0 || isBroken(bytes, length, charset.equals(UTF_16BE) ? 0 : 1)) {
      return Float.MAX_VALUE;
    }
    // Other data usually shows in the first few words.
    int few = Math.min(length, WIDE_BYTES_FEW);
    float enough = (WIDE_BITS_MAX + 1) * few;
    float bits = DecodingScore.bits(bytes, few, charset, CharsetLanguages.all(), enough);
    if (few < length && bits < enough) {
      bits =
          DecodingScore.bits(
              bytes, length, charset, CharsetLanguages.all(), WIDE_BITS_MAX * length);
    }
    return bits == Float.MAX_VALUE ? bits : bits / (few < length ? length : few);
  }

  /// Returns whether more than one in a hundred UTF-16 units are not characters of any text.
  ///
  /// @param high which of two bytes is the first of a number
  private static boolean isBroken(byte[] bytes, int length, int high) {
    int broken = 0;
    for (int i = 0; i < length; i += 2) {
      char c = (char) ((bytes[i + high] & 0xff) << 8 | (bytes[i + 1 - high] & 0xff));
      boolean control = (c < ' ' && !isUsual(c)) || (c >= 0x7f && c < 0xa0);
      if (control || c >= 0xfff0 || (c >= 0xe000 && c < 0xf900) || !Character.isDefined(c)) {
        broken++;
      }
    }
    int allowed = length < WIDE_BYTES_SURE ? 0 : 1;
    return broken > allowed && broken * 100 > length / 2;
  }

  /// Returns whether the escapes switch to Japanese and back, all the way.
  private static boolean isJapaneseByEscapes(byte[] bytes) {
    boolean any = false;
    for (int i = 0; i + 2 < bytes.length; i++) {
      any |=
          bytes[i] == 0x1b && bytes[i + 1] == '$' && (bytes[i + 2] == 'B' || bytes[i + 2] == '@');
      if (bytes[i] < 0) {
        return false;
      }
    }
    try {
      return any && !ISO_2022_JP.newDecoder().decode(ByteBuffer.wrap(bytes)).isEmpty();
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /// Returns the places of the lines that are not ASCII: a source file may have just one, far down.
  private static byte[] sample(byte[] bytes) {
    var sample = new ByteArrayOutputStream();
    int start = 0;
    int first = -1;
    int last = -1;
    for (int i = 0; i < bytes.length && sample.size() < SAMPLE_BYTES_MAX; i++) {
      if (bytes[i] < 0) {
        first = first < 0 ? i : first;
        last = i;
      }
      if (bytes[i] == '\n' || i == bytes.length - 1) {
        if (first >= 0) {
          int from = Math.max(start, first - AROUND_BYTES);
          int to = Math.min(i + 1, last + AROUND_BYTES);
          sample.write(bytes, from, Math.min(to - from, SAMPLE_BYTES_MAX));
        }
        start = i + 1;
        first = -1;
      }
    }
    return sample.toByteArray();
  }

  private static boolean starts(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
