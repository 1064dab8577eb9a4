package brimful.extract;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.tika.parser.txt.CharsetDetector;
import org.apache.tika.parser.txt.CharsetMatch;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/// Finds out how text is encoded.
///
/// In this order: a byte order mark; NULs in the places where UTF-16 has them; valid UTF-8; UTF-8
/// with a few broken places; what two detectors make of the lines that are not ASCII (Mozilla's,
/// and ICU's for what that takes for Western); Windows-1252, in which every byte means something.
final class Charsets {
  private static final String WESTERN = "WINDOWS-1252";
  private static final Charset WINDOWS_1252 = Charset.forName(WESTERN);

  /// The detectors see this much of the lines that are not ASCII.
  private static final int SAMPLE_BYTES_MAX = 64 << 10;

  /// Below this, ICU is only guessing.
  private static final int CONFIDENCE_MIN = 40;

  private Charsets() {}

  /// Returns the encoding that a byte order mark or the places of NULs tell.
  static Optional<Charset> ofMarks(byte[] bytes) {
    if (starts(bytes, 0xef, 0xbb, 0xbf)) {
      return Optional.of(UTF_8);
    }
    if (starts(bytes, 0xff, 0xfe, 0, 0)) {
      return Optional.of(Charset.forName("UTF-32LE"));
    }
    if (starts(bytes, 0, 0, 0xfe, 0xff)) {
      return Optional.of(Charset.forName("UTF-32BE"));
    }
    if (starts(bytes, 0xff, 0xfe)) {
      return Optional.of(UTF_16LE);
    }
    if (starts(bytes, 0xfe, 0xff)) {
      return Optional.of(UTF_16BE);
    }
    return ofNuls(bytes);
  }

  /// Returns the encoding of a text, or of the start of one.
  static Charset of(byte[] bytes) {
    Optional<Charset> marked = ofMarks(bytes);
    if (marked.isPresent()) {
      return marked.get();
    }
    return mostlyUtf8(bytes) ? UTF_8 : detected(sample(bytes));
  }

  /// UTF-16 of mostly Latin text has a NUL in nearly every second byte, and no other control
  /// characters.
  private static Optional<Charset> ofNuls(byte[] bytes) {
    int[] nuls = new int[2];
    int length = Math.min(bytes.length, Sniffer.HEAD_BYTES) & ~1;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == 0) {
        nuls[i & 1]++;
      }
    }
    int most = Math.max(nuls[0], nuls[1]);
    if (most < length / 4 || most == 0 || Math.min(nuls[0], nuls[1]) > most / 20) {
      return Optional.empty();
    }
    Charset charset = nuls[0] > nuls[1] ? UTF_16BE : UTF_16LE;
    try {
      String text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, 0, length))
              .toString();
      long controls =
          text.chars().filter(c -> c < 0x20 && c != '\n' && c != '\r' && c != '\t').count();
      return controls * 100 <= text.length() ? Optional.of(charset) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /// Tells whether the characters beyond ASCII are UTF-8, nine in ten at least.
  private static boolean mostlyUtf8(byte[] bytes) {
    int good = 0;
    int bad = 0;
    int i = 0;
    while (i < bytes.length) {
      int length = sequence(bytes, i);
      if (length > 1) {
        good++;
      } else if (length == 0 && bytes.length - i > 3) {
        bad++;
      }
      i += Math.max(1, length);
    }
    return bad * 9 <= good;
  }

  /// Returns the length of the UTF-8 character at a place, or 0 if there is none.
  private static int sequence(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int length = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : 0;
    length = first >= 0xf0 && first < 0xf5 ? 4 : length;
    if (at + length > bytes.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static Charset detected(byte[] sample) {
    var mozilla = new UniversalDetector();
    mozilla.handleData(sample);
    mozilla.dataEnd();
    String found = Optional.ofNullable(mozilla.getDetectedCharset()).orElse(WESTERN);
    if (!found.equalsIgnoreCase(WESTERN)) {
      // It takes Windows' Cyrillic for the Macintosh's, which hardly any file is in.
      return supported(found.equals("MACCYRILLIC") ? "windows-1251" : found).orElse(WINDOWS_1252);
    }
    var icu = new CharsetDetector();
    icu.setText(sample);
    CharsetMatch[] matches = icu.detectAll();
    if (matches.length == 0 || matches[0].getConfidence() < CONFIDENCE_MIN) {
      return WINDOWS_1252;
    }
    int best = matches[0].getConfidence();
    boolean western =
        Arrays.stream(matches)
            .anyMatch(m -> m.getConfidence() == best && m.getName().equals("ISO-8859-1"));
    return western ? WINDOWS_1252 : supported(matches[0].getName()).orElse(WINDOWS_1252);
  }

  private static Optional<Charset> supported(@Nullable String name) {
    try {
      return name == null ? Optional.empty() : Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  /// Returns the lines that are not ASCII: a source file may have just one, far down.
  private static byte[] sample(byte[] bytes) {
    var sample = new ByteArrayOutputStream();
    int start = 0;
    boolean ascii = true;
    for (int i = 0; i < bytes.length && sample.size() < SAMPLE_BYTES_MAX; i++) {
      ascii &= bytes[i] >= 0;
      if (bytes[i] == '\n' || i == bytes.length - 1) {
        if (!ascii) {
          sample.write(bytes, start, Math.min(i + 1 - start, SAMPLE_BYTES_MAX));
        }
        start = i + 1;
        ascii = true;
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
