package brimful.index.term;

import brimful.corpus.Picture;
import java.util.Arrays;

/// Identifies duplicates: a hash that is equal for equal text, and one that is close for similar
/// text.
///
/// @param hash of the text with each run of whitespace as one space
/// @param simHash Charikar's SimHash over runs of three words: texts that share most of them differ
///   in few bits
public record Fingerprint(long hash, long simHash) {
  private static final char ASCII_MAX = 0x7f;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /// The eight bits of a byte as the low bits of eight bytes.
  private static final long[] SPREAD = new long[256];

  static {
    for (int value = 0; value < 256; value++) {
      for (int bit = 0; bit < 8; bit++) {
        SPREAD[value] |= ((value >>> bit) & 1L) << (8 * bit);
      }
    }
  }

  /// Returns that of a text with its picture: pages that look different are no duplicates, whatever
  /// was read of them.
  public static Fingerprint of(String text, Picture picture) {
    Fingerprint alone = of(text);
    if (picture.isNone()) {
      return alone;
    }
    long hash = alone.hash;
    for (byte b : picture.bytes()) {
      hash = step(hash, b & 0xff);
    }
    return new Fingerprint(hash, step(hash, 1));
  }

  public static Fingerprint of(String text) {
    var votes = new Votes();
    long hash = 0;
    long word = 0;
    boolean space = true;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || (c > ASCII_MAX && Character.isWhitespace(c))) {
        if (!space) {
          hash = step(hash, ' ');
          votes.word(word);
          word = 0;
        }
        space = true;
      } else {
        hash = step(hash, c);
        word = step(word, c);
        space = false;
      }
    }
    if (!space) {
      votes.word(word);
      hash = step(hash, ' ');
    }
    return new Fingerprint(hash, votes.majority());
  }

  /// Each step is a bijection of the state, so no text loses what came before.
  private static long step(long hash, int c) {
    long mixed = (hash + c + 1) * MIX;
    return mixed ^ (mixed >>> 29);
  }

  /// Counts, for each of 64 bits, how many shingles have it set.
  private static final class Votes {
    private static final int SHINGLES_MAX_PER_BYTE = 255;

    private final int[] ones = new int[64];
    private final long[] packed = new long[8];
    private int pending;
    private int shingles;
    private int words;
    private long first;
    private long second;

    void word(long third) {
      words++;
      if (words >= 3) {
        shingle((((first * 31 + second) * MIX) >>> 3) + third);
      }
      first = second;
      second = third;
    }

    private void shingle(long value) {
      long mixed = (value ^ (value >>> 32)) * MIX;
      mixed ^= mixed >>> 28;
      for (int i = 0; i < 8; i++) {
        packed[i] += SPREAD[(int) (mixed >>> (8 * i)) & 0xFF];
      }
      shingles++;
      if (++pending == SHINGLES_MAX_PER_BYTE) {
        flush();
      }
    }

    private void flush() {
      for (int bit = 0; bit < 64; bit++) {
        ones[bit] += (int) (packed[bit >>> 3] >>> (8 * (bit & 7))) & 0xFF;
      }
      Arrays.fill(packed, 0);
      pending = 0;
    }

    long majority() {
      if (words < 3) {
        shingle((first * 31 + second) * MIX);
      }
      flush();
      long result = 0;
      for (int bit = 0; bit < 64; bit++) {
        if (2 * ones[bit] > shingles) {
          result |= 1L << bit;
        }
      }
      return result;
    }
  }
}
