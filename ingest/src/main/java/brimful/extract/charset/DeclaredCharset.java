package brimful.extract.charset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Decodes text whose encoding is declared: in a mail's header, on a page, or in the text itself.
///
/// Declarations are often wrong, because programs write a default one. So a declared encoding
/// counts only if the bytes are valid in it, and an encoding with one byte a character, in which
/// nearly all bytes are valid, does not count for text that is UTF-8. All other text is examined as
/// a file is, see [Charsets]. Latin-1 means Windows-1252, as in browsers.
public final class DeclaredCharset {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static final int DECODED_AT_ONCE = 8 << 10;
  private static final int DECLARED_WITHIN = 4096;

  /// So few letters may be mistaken.
  private static final int OTHER_LETTERS_FEW = 8;

  /// A declaration of HTML, XML, CSS, or the first lines of Python, Ruby, Emacs and Vim.
  private static final Pattern DECLARATION =
      Pattern.compile(
          "(?i)<(?:meta|\\?xml)[^>]{0,200}?(?:charset|encoding)\\s*=\\s*[\"']?([\\w:.-]+)"
              + "|\\A@charset\\s+\"([\\w:.-]+)\""
              + "|\\A(?:[^\\n]*\\n)?[ \\t]*(?:#|//|/\\*|\"|;|%|--)[^\\n]{0,200}?coding[:=][ \\t]*([\\w.-]+)");

  /// How a text of HTML or XML begins.
  private static final Pattern PAGE = Pattern.compile("\\s*<(?:\\?xml|[!a-zA-Z])");

  private DeclaredCharset() {}

  /// Returns the name of the encoding that a text declares at its start; empty if it declares none,
  /// or one in which the declaration itself would be something else, as in UTF-16.
  public static String name(byte[] bytes) {
    return declaration(bytes)
        .filter(found -> named(name(found)).filter(charset -> isIn(charset, found)).isPresent())
        .map(DeclaredCharset::name)
        .orElse("");
  }

  private static Optional<MatchResult> declaration(byte[] bytes) {
    Matcher found = DECLARATION.matcher(start(bytes));
    return found.find() ? Optional.of(found.toMatchResult()) : Optional.empty();
  }

  private static String start(byte[] bytes) {
    return new String(bytes, 0, Math.min(bytes.length, DECLARED_WITHIN), ISO_8859_1);
  }

  private static String name(MatchResult declaration) {
    return Stream.of(1, 2, 3)
        .map(declaration::group)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private static boolean isIn(Charset charset, MatchResult declaration) {
    String ascii = declaration.group().replaceAll("[^\\x00-\\x7f]", "");
    return new String(ascii.getBytes(US_ASCII), charset).equals(ascii);
  }

  /// Returns the encoding that the start of a text declares for itself, if all of it can be that.
  /// What stands in the midst of a text may tell of another one, and Latin-1, in which everything
  /// can be, is often no more than a default.
  ///
  /// @param detected that of which the text looks
  public static Optional<Charset> of(byte[] bytes, Charset detected) {
    boolean within =
        declaration(bytes)
            .filter(found -> found.group().startsWith("<"))
            .filter(_ -> !PAGE.matcher(start(bytes)).lookingAt())
            .isPresent();
    return within
        ? Optional.empty()
        : named(name(bytes))
            .filter(Charset::canEncode)
            .filter(charset -> isCredible(charset, bytes) && !isBroken(bytes, charset))
            .filter(charset -> !charset.equals(WINDOWS_1252) || !isOfOtherLetters(bytes, detected));
  }

  /// Returns whether most letters beyond ASCII are not Latin ones.
  private static boolean isOfOtherLetters(byte[] bytes, Charset detected) {
    long latin = 0;
    long other = 0;
    for (int c : new String(bytes, detected).codePoints().filter(Character::isLetter).toArray()) {
      if (c >= 0x80) {
        boolean isLatin = Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
        latin += isLatin ? 1 : 0;
        other += isLatin ? 0 : 1;
      }
    }
    return other > Math.max(latin, OTHER_LETTERS_FEW);
  }

  /// Returns whether some bytes are not of an encoding; the last character may be cut.
  private static boolean isBroken(byte[] bytes, Charset charset) {
    var decoder = charset.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(Math.clamp(bytes.length, 1, DECODED_AT_ONCE));
    CoderResult result = decoder.decode(in, out, false);
    while (result.isOverflow()) {
      out.clear();
      result = decoder.decode(in, out, false);
    }
    return result.isError();
  }

  /// Returns the text of some bytes.
  ///
  /// @param declared the name of an encoding, which may be unknown; empty if none is declared
  public static String decode(byte[] bytes, String declared) {
    Optional<Charset> named = named(declared);
    if (named.isPresent() && isCredible(named.get(), bytes)) {
      Optional<String> text = strictly(bytes, named.get());
      if (text.isPresent()) {
        return withoutMark(text.get());
      }
    }
    return withoutMark(new String(bytes, Charsets.of(bytes)));
  }

  private static Optional<Charset> named(String declared) {
    try {
      Charset charset = Charset.forName(declared.strip());
      return Optional.of(charset.equals(ISO_8859_1) ? WINDOWS_1252 : charset);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isCredible(Charset charset, byte[] bytes) {
    if (Charsets.ofMarks(bytes).isPresent()) {
      return false;
    }
    boolean bytewise = charset.canEncode() && charset.newEncoder().maxBytesPerChar() == 1;
    return !bytewise || isAscii(bytes) || strictly(bytes, UTF_8).isEmpty();
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> strictly(byte[] bytes, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
