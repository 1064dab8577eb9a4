package brimful.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Names things by their content.
final class ContentHash {
  private static final int KEY_BYTES = 16;

  private ContentHash() {}

  /// Returns a hash of parts, in which no part can be mistaken for the end of another.
  static String of(String... parts) {
    MessageDigest sha = Sha256.digest();
    for (String part : parts) {
      add(sha, part);
    }
    return hex(sha);
  }

  static void add(MessageDigest sha, String part) {
    byte[] bytes = part.getBytes(UTF_8);
    sha.update((bytes.length + ":").getBytes(UTF_8));
    sha.update(bytes);
  }

  static String hex(MessageDigest sha) {
    return HexFormat.of().formatHex(sha.digest(), 0, KEY_BYTES);
  }
}
