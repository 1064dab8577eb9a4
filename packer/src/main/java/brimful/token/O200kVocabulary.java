package brimful.token;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// The tokens of `o200k_base`: their bytes, and the rank of each.
///
/// Two tokens merge if their bytes together are a token, and its rank is the order of merging. So
/// the table is keyed by bytes, through a hash of which the two halves' hashes give the whole's: a
/// pair is looked up without reading the text. The bytes themselves are compared on a hit, so a hit
/// is always right.
///
/// Reads the vocabulary that JTokkit ships, in about a quarter of JTokkit's time; takes 8 MB.
/// Immutable, so thread-safe.
final class O200kVocabulary implements MergeTable {
  private static final String RESOURCE = "/com/knuddels/jtokkit/o200k_base.tiktoken";

  /// More than any vocabulary of this kind has.
  private static final int TOKENS_MAX = 1 << 18;

  private static final int TOKEN_BYTES_MAX = 255;
  private static final int SLOT_BITS = 19;
  private static final long BASE = 0x9E3779B97F4A7C15L;
  private static final long SPREAD = 0xD6E8FEB86659FD93L;

  private static final byte[] BASE64 = base64();

  /// Powers of [#BASE].
  private static final long[] POWERS = powers();

  private final int[] byteIds = new int[256];

  /// Where the bytes of each rank begin, and where the last ones end.
  private final int[] starts;

  private final byte[] bytes;
  private final long[] hashes;

  /// A rank and one, or 0 for none; a taken slot passes on to the next.
  private final int[] slots = new int[1 << SLOT_BITS];

  /// Reads lines of a token in base64, a blank and its rank, which counts from 0.
  private O200kVocabulary(byte[] lines) {
    int[] at = new int[TOKENS_MAX + 1];
    byte[] decoded = new byte[lines.length];
    int end = 0;
    int rank = 0;
    for (int line = 0; line < lines.length; rank++) {
      int bits = 0;
      int held = 0;
      for (; lines[line] != ' '; line++) {
        if (lines[line] != '=') {
          held = held << 6 | BASE64[lines[line]];
          bits += 6;
          if (bits >= Byte.SIZE) {
            bits -= Byte.SIZE;
            decoded[end++] = (byte) (held >>> bits);
          }
        }
      }
      int number = 0;
      for (line++; line < lines.length && lines[line] != '\n'; line++) {
        number = 10 * number + lines[line] - '0';
      }
      line++;
      if (number != rank || rank == TOKENS_MAX || end - at[rank] > TOKEN_BYTES_MAX) {
        throw new IllegalStateException(
            "rank %s of %s stands in line %s: use the JTokkit that this project names"
                .formatted(number, RESOURCE, rank + 1));
      }
      at[rank + 1] = end;
    }
    starts = Arrays.copyOf(at, rank + 1);
    bytes = Arrays.copyOf(decoded, end);
    hashes = new long[rank];
    for (int id = 0; id < rank; id++) {
      add(id);
    }
  }

  static O200kVocabulary read() {
    try (InputStream in = O200kVocabulary.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(
            "resource %s is not on the class path: build the jar with JTokkit".formatted(RESOURCE));
      }
      return new O200kVocabulary(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(int id) {
    long hash = hash(bytes, starts[id], starts[id + 1]);
    hashes[id] = hash;
    if (starts[id + 1] - starts[id] == 1) {
      byteIds[bytes[starts[id]] & 0xff] = id;
    }
    int slot = slot(hash);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = id + 1;
  }

  @Override
  public int ofByte(byte b) {
    return byteIds[b & 0xff];
  }

  @Override
  public int of(int left, int right) {
    int leftBytes = starts[left + 1] - starts[left];
    int rightBytes = starts[right + 1] - starts[right];
    long hash = hashes[left] * POWERS[rightBytes] + hashes[right];
    for (int slot = slot(hash); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      int id = slots[slot] - 1;
      if (hashes[id] == hash
          && starts[id + 1] - starts[id] == leftBytes + rightBytes
          && holds(id, 0, left)
          && holds(id, leftBytes, right)) {
        return id;
      }
    }
    return NONE;
  }

  private boolean holds(int id, int offset, int part) {
    return same(bytes, starts[part], starts[part + 1], starts[id] + offset);
  }

  /// Compares some bytes of a text with those of a token. Tokens are short: a loop is faster here
  /// than the JDK's comparison, which the first compiler does not know.
  private boolean same(byte[] text, int from, int to, int token) {
    for (int at = from; at < to; at++) {
      if (text[at] != bytes[token + at - from]) {
        return false;
      }
    }
    return true;
  }

  /// Returns whether some bytes are one token.
  boolean has(byte[] text, int from, int to) {
    if (to - from > TOKEN_BYTES_MAX) {
      return false;
    }
    long hash = hash(text, from, to);
    for (int slot = slot(hash); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      int id = slots[slot] - 1;
      if (hashes[id] == hash
          && starts[id + 1] - starts[id] == to - from
          && same(text, from, to, starts[id])) {
        return true;
      }
    }
    return false;
  }

  private static long hash(byte[] text, int from, int to) {
    long hash = 0;
    for (int at = from; at < to; at++) {
      hash = hash * BASE + (text[at] & 0xff) + 1;
    }
    return hash;
  }

  private static int slot(long hash) {
    return (int) (((hash ^ hash >>> 32) * SPREAD) >>> (Long.SIZE - SLOT_BITS));
  }

  private static long[] powers() {
    long[] powers = new long[TOKEN_BYTES_MAX + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * BASE;
    }
    return powers;
  }

  private static byte[] base64() {
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    byte[] values = new byte[128];
    for (int i = 0; i < digits.length(); i++) {
      values[digits.charAt(i)] = (byte) i;
    }
    return values;
  }
}
