package brimful.extract.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.extract.charset.NameCharsets;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.pkg.PackageParser;

/// Recovers the names of archive members as they were written, in any encoding.
///
/// Most archives hold names as bytes without an encoding. Tika and commons-compress decode each
/// name separately, with U+FFFD for what they cannot decode. Here they are made to pass the bytes
/// through: those of zips as lone surrogates, by a [Charset] of our own that Tika obtains from a
/// "detector"; those of tars and other streamed formats as Latin-1. A name is then UTF-8 if it is
/// valid, otherwise decoded by [NameCharsets] with all such names of the archive so far; what is
/// still not text stays bytes.
///
/// For one container.
public final class RawNames {
  private static final int BYTE = 0xdc00;

  /// Enough names of an archive to detect their encoding.
  private static final int SAMPLES_MAX = 1_000;

  private static final int SAMPLES_MIN = 16;

  /// Formats whose names Tika gets from a stream of commons-compress.
  private static final Set<String> STREAMED =
      Set.of(
          "application/x-tar",
          "application/x-gtar",
          "application/x-cpio",
          "application/x-arj",
          "application/x-archive",
          "application/x-tika-unix-dump");

  private final boolean latin1;
  private final boolean dos;
  private final boolean document;
  private final Map<String, String> known = new HashMap<>();
  private final List<byte[]> samples = new ArrayList<>();
  private Optional<Charset> charset = Optional.empty();
  private int nextLook = 1;

  /// @param type the container's
  /// @param format how it is read
  public RawNames(MediaType type, MediaFormat format) {
    dos = type.getSubtype().contains("zip") && format == MediaFormat.ARCHIVE;
    latin1 = STREAMED.contains(type.getBaseType().toString()) || format == MediaFormat.COMPRESSED;
    document = !dos && !latin1 && format != MediaFormat.ARCHIVE;
  }

  /// A name as text, or if it is none, as bytes.
  public sealed interface Name {
    record Text(String text) implements Name {}

    record Bytes(byte[] bytes) implements Name {}
  }

  /// Returns an archive parser that leaves the bytes of names alone.
  public static PackageParser parser() {
    return new PackageParser((_, _) -> Bytewise.CHARSET);
  }

  /// Reads all names of a zip before the first member: together they reveal their encoding, and
  /// some are also given in Unicode.
  public void look(ZipFile zip) {
    Map<String, byte[]> open = new LinkedHashMap<>();
    Enumeration<ZipArchiveEntry> entries = zip.getEntries();
    while (entries.hasMoreElements()) {
      ZipArchiveEntry entry = entries.nextElement();
      byte[] raw = entry.getRawName();
      if (raw == null || isAscii(raw)) {
        continue;
      }
      String given = slashed(new String(raw, Bytewise.CHARSET));
      if (entry.getNameSource() == ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD) {
        known.put(given, slashed(entry.getName()));
      } else if (NameCharsets.decoded(raw, UTF_8).isEmpty()) {
        open.put(given, raw);
      }
    }
    open.values().stream().limit(SAMPLES_MAX).forEach(samples::add);
    Optional<Charset> found = charset();
    open.forEach((given, raw) ->
        found
            .flatMap(is -> NameCharsets.decoded(raw, is))
            .ifPresent(name -> known.put(given, slashed(name))));
  }

  /// Takes names of members that will come, which help to detect the encoding of all.
  public void look(List<byte[]> names) {
    names.stream()
        .filter(raw -> !isAscii(raw) && NameCharsets.decoded(raw, UTF_8).isEmpty())
        .limit(SAMPLES_MAX)
        .forEach(samples::add);
    charset = samples.isEmpty() ? charset : NameCharsets.of(samples, dos);
    nextLook = Integer.MAX_VALUE;
  }

  /// Returns what a name is that Tika gave.
  public Name of(String given) {
    String name = known.get(given);
    if (name != null) {
      return new Name.Text(name);
    }
    Optional<byte[]> raw = raw(given);
    if (raw.isEmpty()) {
      return new Name.Text(given);
    }
    byte[] bytes = raw.get();
    Optional<String> text = NameCharsets.decoded(bytes, UTF_8);
    if (text.isPresent()) {
      return new Name.Text(text.get());
    }
    if (document && given.codePoints().allMatch(c -> c < BYTE)) {
      return new Name.Text(western(given, bytes));
    }
    if (samples.size() < SAMPLES_MAX) {
      samples.add(bytes);
    }
    return charset()
        .flatMap(is -> NameCharsets.decoded(bytes, is))
        .<Name>map(Name.Text::new)
        .orElseGet(() -> new Name.Bytes(bytes));
  }

  /// Re-examines every name while there are few, then each time their number doubles.
  private Optional<Charset> charset() {
    if (samples.size() >= nextLook) {
      charset = NameCharsets.of(samples, dos);
      nextLook = samples.size() < SAMPLES_MIN ? samples.size() + 1 : 2 * samples.size();
    }
    return charset;
  }

  /// Returns the bytes that a name stands for; empty if it is text already.
  private Optional<byte[]> raw(String given) {
    boolean ascii = true;
    boolean bytewise = true;
    boolean narrow = true;
    for (int i = 0; i < given.length(); i++) {
      char c = given.charAt(i);
      ascii &= c < 0x80;
      bytewise &= c < 0x80 || (c >= BYTE + 0x80 && c <= BYTE + 0xff);
      narrow &= c <= 0xff;
    }
    if (ascii) {
      return Optional.empty();
    }
    if (bytewise) {
      return Optional.of(given.getBytes(Bytewise.CHARSET));
    }
    return narrow && (latin1 || document)
        ? Optional.of(given.getBytes(ISO_8859_1))
        : Optional.empty();
  }

  /// Mails give bytes beyond ASCII as Latin-1. Its control characters are in no name: what looks
  /// like them is Windows' punctuation.
  private static String western(String given, byte[] bytes) {
    return given.chars().anyMatch(c -> c >= 0x80 && c < 0xa0)
        ? NameCharsets.decoded(bytes, Charset.forName("windows-1252")).orElse(given)
        : given;
  }

  /// As Tika does it: Windows' own zips have backslashes.
  private static String slashed(String name) {
    return name.replace('\\', '/');
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /// Maps each byte beyond ASCII to a lone surrogate, which no text has, and back.
  private static final class Bytewise extends Charset {
    static final Charset CHARSET = new Bytewise();

    private Bytewise() {
      super("x-brimful-bytewise", new String[0]);
    }

    @Override
    public boolean contains(Charset other) {
      return other.equals(US_ASCII);
    }

    @Override
    public CharsetDecoder newDecoder() {
      return new CharsetDecoder(this, 1, 1) {
        @Override
        protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
          while (in.hasRemaining()) {
            if (!out.hasRemaining()) {
              return CoderResult.OVERFLOW;
            }
            byte b = in.get();
            out.put(b >= 0 ? (char) b : (char) (BYTE + (b & 0xff)));
          }
          return CoderResult.UNDERFLOW;
        }
      };
    }

    @Override
    public CharsetEncoder newEncoder() {
      return new CharsetEncoder(this, 1, 1, new byte[] {'?'}) {
        @Override
        protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
          while (in.hasRemaining()) {
            if (!out.hasRemaining()) {
              return CoderResult.OVERFLOW;
            }
            out.put((byte) in.get());
          }
          return CoderResult.UNDERFLOW;
        }
      };
    }
  }
}
