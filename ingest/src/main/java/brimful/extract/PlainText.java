package brimful.extract;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.PathKind;
import brimful.source.Rule;
import brimful.source.Rules;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// Decodes text and code, block by block, into the lines that an editor shows.
///
/// Line breaks of every kind become `\n`; a form feed becomes a space; other control characters
/// except tabs are dropped, and so is a byte order mark. Undecodable bytes become U+FFFD.
/// Thread-safe.
final class PlainText {
  private static final char REPLACEMENT = '\uFFFD';
  private static final String MARK = "\uFEFF";
  private static final int MEAN_LINE_MAX = 500;
  private static final int LINE_MAX = 3_000;
  private static final int DECODED_AT_ONCE = 8 << 10;

  private static final Pattern NOTEBOOK_MEDIA =
      Pattern.compile(
          "(\"(?:image|application|audio|video)/[\\w.+-]+\": *\")[A-Za-z0-9+/=\\\\n]{200,}\"");
  private static final String LFS = "version https://git-lfs.github.com/spec/";

  private PlainText() {}

  /// Returns why a rule leaves a file out, by the start of its text.
  static Optional<Outcome> left(String text, String path, Rules rules) {
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

  /// Returns the text of a file without the pictures that a notebook has in it.
  static String withoutMedia(DocumentId id, String text) {
    return PathKind.ending(id.value()).equals("ipynb")
        ? NOTEBOOK_MEDIA.matcher(text).replaceAll("$1(left out)\"")
        : text;
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
    int breaks = breaks(text);
    return Math.max(1, text.endsWith("\n") ? breaks : breaks + 1);
  }

  /// Returns how many line breaks a text has.
  static int breaks(String text) {
    int breaks = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      breaks++;
    }
    return breaks;
  }

  /// Decodes the start of a block.
  ///
  /// @param clean whether it is known to have only characters that text has
  static String decoded(byte[] bytes, int length, Charset charset, boolean clean) {
    boolean wide = charset.equals(UTF_16LE) || charset.equals(UTF_16BE);
    String text = wide ? wide(bytes, length, charset) : new String(bytes, 0, length, charset);
    return clean && !text.startsWith(MARK) ? text : normal(text);
  }

  /// Decodes UTF-16 unit by unit: the JDK's decoder also drops the unit after a lone surrogate.
  private static String wide(byte[] bytes, int length, Charset charset) {
    var order = charset.equals(UTF_16LE) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    String text = ByteBuffer.wrap(bytes, 0, length).order(order).asCharBuffer().toString();
    return length % 2 == 0 ? text : text + REPLACEMENT;
  }

  /// Returns where to cut a block that is not the last: behind the last line break of its second
  /// half, or else behind its last whole character.
  static int cut(byte[] block, Charset charset) {
    byte[] lineBreak = "\n".getBytes(charset);
    int unit = lineBreak.length;
    for (int end = block.length - block.length % unit; end > block.length / 2; end -= unit) {
      if (Arrays.equals(block, end - unit, end, lineBreak, 0, unit)) {
        return end;
      }
    }
    int end = whole(block, charset);
    // What may be the first half of a line break stays with the second.
    byte[] returning = "\r".getBytes(charset);
    boolean half = end > unit && Arrays.equals(block, end - unit, end, returning, 0, unit);
    return half ? end - unit : end;
  }

  /// Returns how many bytes are whole characters.
  private static int whole(byte[] block, Charset charset) {
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    ByteBuffer in = ByteBuffer.wrap(block);
    CharBuffer out = CharBuffer.allocate(DECODED_AT_ONCE);
    while (decoder.decode(in, out, false).isOverflow()) {
      out.clear();
    }
    return in.position();
  }
}
