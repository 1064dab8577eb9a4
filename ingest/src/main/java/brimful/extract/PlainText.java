package brimful.extract;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.corpus.PathKind;
import brimful.extract.charset.ByteScan;
import brimful.extract.charset.Charsets;
import brimful.extract.text.EmbeddedData;
import brimful.extract.text.ReadablePart;
import brimful.extract.text.ReadableText;
import brimful.source.Rule;
import brimful.source.Rules;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Optional;

/// Decodes text and code into one section with the lines that an editor shows; notebooks, subtitles
/// and the like into what a reader sees of them, see [ReadableText].
///
/// Line breaks of every kind become `\n`; a form feed becomes a space; other control characters
/// except tabs are dropped, and so is a byte order mark. Undecodable bytes become U+FFFD.
/// Thread-safe.
final class PlainText {
  private static final char REPLACEMENT = '\uFFFD';
  private static final String MARK = "\uFEFF";
  private static final int MEAN_LINE_MAX = 500;
  private static final int LINE_MAX = 3_000;

  private static final String PGP = "-----BEGIN PGP MESSAGE-----";
  private static final String LFS = "version https://git-lfs.github.com/spec/";

  private PlainText() {}

  /// @param of how many bytes the file has; more than `bytes` if that is only its start
  static Extraction extract(DocumentId id, byte[] bytes, long of, Rules rules) {
    ByteScan scan = ByteScan.of(bytes);
    Charset charset = Charsets.of(bytes, scan);
    Decoded decoded = bytes.length < of ? start(bytes, charset) : whole(bytes, charset);
    // True for nearly every file, whose characters then need no second look.
    boolean clean = charset.equals(UTF_8) && scan.controls() == 0;
    String text = clean && !decoded.text.startsWith(MARK) ? decoded.text : normal(decoded.text);
    List<ReadablePart> parts = ReadableText.of(id.value(), text);
    text = parts.isEmpty() ? EmbeddedData.shortened(text) : text;
    Optional<Outcome> left = left(text, id.value(), rules);
    if (left.isPresent()) {
      return Extraction.without(left.get());
    }
    Outcome outcome =
        decoded.bytes < of
            ? new Outcome.Truncated(decoded.bytes, of, "bytes")
            : new Outcome.Indexed();
    return new Extraction(
        outcome, List.of(new Extraction.Text(id, sections(parts, text))), List.of());
  }

  private static List<Section> sections(List<ReadablePart> parts, String text) {
    return parts.isEmpty()
        ? List.of(new Section(new Locator.Lines(1, lines(text)), text))
        : parts.stream()
            .map(part -> new Section(part.locator(), part.text(), part.heading(), part.places()))
            .toList();
  }

  private static Optional<Outcome> left(String text, String path, Rules rules) {
    if (text.isBlank()) {
      return Optional.of(new Outcome.Skipped("empty"));
    }
    if (text.startsWith(PGP)) {
      return Optional.of(new Outcome.Encrypted());
    }
    if (text.startsWith(LFS)) {
      return Optional.of(new Outcome.Skipped("git lfs pointer"));
    }
    if (rules.has(Rule.MINIFIED) && PathKind.isScript(path) && minified(text)) {
      return Optional.of(Rule.MINIFIED.skipped());
    }
    boolean prose = PathKind.ofName(path.substring(path.lastIndexOf('/') + 1)) == PathKind.DOC;
    boolean generated =
        rules.has(Rule.GENERATED) && (!prose || text.startsWith("#!")) && GeneratedMark.isIn(text);
    return generated ? Optional.of(Rule.GENERATED.skipped()) : Optional.empty();
  }

  private static boolean minified(String text) {
    long inLongLines =
        text.lines().mapToLong(String::length).filter(length -> length > LINE_MAX).sum();
    return text.length() / lines(text) > MEAN_LINE_MAX || inLongLines * 2 > text.length();
  }

  /// Returns text with `\n` line breaks and without other control characters.
  static String normal(String text) {
    return isNormal(text) ? text : normalised(text);
  }

  private static boolean isNormal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7f || c == 0xfeff) {
        return false;
      }
    }
    return true;
  }

  private static String normalised(String text) {
    var normal = new StringBuilder(text.length());
    for (int i = text.startsWith(MARK) ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        normal.append('\n');
        i += i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
      } else if (c == '\f') {
        normal.append(' ');
      } else if ((c >= ' ' && c != 0x7f) || c == '\n' || c == '\t') {
        normal.append(c);
      }
    }
    return normal.toString();
  }

  /// Returns how many lines a text has; a line break at its end starts no line.
  static int lines(String text) {
    int breaks = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      breaks++;
    }
    return Math.max(1, text.endsWith("\n") ? breaks : breaks + 1);
  }

  /// Text, and how many bytes it came from.
  private record Decoded(String text, long bytes) {}

  private static Decoded whole(byte[] bytes, Charset charset) {
    boolean wide = charset.equals(UTF_16LE) || charset.equals(UTF_16BE);
    return new Decoded(wide ? wide(bytes, charset) : new String(bytes, charset), bytes.length);
  }

  /// Decodes UTF-16 unit by unit: the JDK's decoder also drops the unit after a lone surrogate.
  private static String wide(byte[] bytes, Charset charset) {
    var order = charset.equals(UTF_16LE) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    String text = ByteBuffer.wrap(bytes).order(order).asCharBuffer().toString();
    return bytes.length % 2 == 0 ? text : text + REPLACEMENT;
  }

  /// Decodes the start of a text up to its last line break, or else up to its last whole character.
  private static Decoded start(byte[] bytes, Charset charset) {
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(1 + (int) (bytes.length * decoder.maxCharsPerByte()));
    decoder.decode(in, out, false);
    String whole = out.flip().toString();
    int end = whole.lastIndexOf('\n') + 1;
    if (end <= whole.length() / 2) {
      return new Decoded(whole, in.position());
    }
    int cut = whole.substring(end).getBytes(charset).length;
    return new Decoded(whole.substring(0, end), Math.max(0, in.position() - cut));
  }
}
