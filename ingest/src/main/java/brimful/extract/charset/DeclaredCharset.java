package brimful.extract.charset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Decodes text whose encoding is declared: in a mail's header or on a page.
///
/// Declarations are often wrong, because programs write a default one. So a declared encoding
/// counts only if the bytes are valid in it, and an encoding with one byte a character, in which
/// nearly all bytes are valid, does not count for text that is UTF-8. All other text is examined as
/// a file is, see [Charsets]. Latin-1 means Windows-1252, as in browsers.
public final class DeclaredCharset {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private DeclaredCharset() {}

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
      return Optional.of(charset.equals(StandardCharsets.ISO_8859_1) ? WINDOWS_1252 : charset);
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
