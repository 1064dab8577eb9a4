package brimful.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of bytes and texts, in hexadecimal.
public final class Sha256 {
  private Sha256() {}

  /// Returns a new digest, for what comes in pieces.
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Returns the hash of bytes, in 64 digits.
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /// Returns the hash of a text's UTF-8, in 64 digits.
  public static String hex(String text) {
    return hex(text.getBytes(UTF_8));
  }
}
