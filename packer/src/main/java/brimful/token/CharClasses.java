package brimful.token;

import java.util.Arrays;

/// What kind of character each code point is to DeepSeek's pre-tokenizer.
///
/// The table is a resource and not [Character#getType]: the reference tokenizer has the classes of
/// Unicode 16, and a later Java would count newer characters differently.
///
/// Immutable, so thread-safe.
final class CharClasses {
  static final byte OTHER = 0;

  /// Letters and marks: no pattern tells one from the other at a place where it matters.
  static final byte WORD = 1;

  /// Punctuation and symbols; of ASCII, every printable character that is no letter or digit.
  static final byte PUNCTUATION = 2;

  static final byte NUMBER = 3;

  /// Chinese characters and Japanese syllables, as the tokenizer's second pattern has them.
  static final byte CJK = 4;

  /// White space other than [#NEWLINE].
  static final byte SPACE = 5;

  /// Carriage return and line feed.
  static final byte NEWLINE = 6;

  private static final int KINDS = 7;
  private static final int PAGE_BITS = 8;
  private static final int PAGE = 1 << PAGE_BITS;

  /// The classes of 256 code points each; pages of one kind are shared.
  private final byte[][] pages = new byte[Character.MAX_CODE_POINT + 1 >> PAGE_BITS][];

  private final byte[][] uniform = new byte[KINDS][PAGE];

  /// Reads runs of one class from code point 0 on: a class, then the length as 7-bit groups, low
  /// group first.
  CharClasses(byte[] runs) {
    for (byte kind = 0; kind < KINDS; kind++) {
      Arrays.fill(uniform[kind], kind);
    }
    Arrays.fill(pages, uniform[OTHER]);
    int start = 0;
    for (int at = 0; at < runs.length; ) {
      byte kind = runs[at++];
      int length = 0;
      int shift = 0;
      do {
        length |= (runs[at] & 0x7f) << shift;
        shift += 7;
      } while (runs[at++] < 0);
      if (kind != OTHER) {
        fill(start, start + length, kind);
      }
      start += length;
    }
  }

  private void fill(int start, int end, byte kind) {
    int from = start;
    while (from < end) {
      int page = from >> PAGE_BITS;
      int to = Math.min(end, page + 1 << PAGE_BITS);
      if (to - from == PAGE) {
        pages[page] = uniform[kind];
      } else {
        if (pages[page] == uniform[OTHER]) {
          pages[page] = new byte[PAGE];
        }
        Arrays.fill(pages[page], from & PAGE - 1, to - 1 & PAGE - 1, kind);
        pages[page][to - 1 & PAGE - 1] = kind;
      }
      from = to;
    }
  }

  byte of(int codePoint) {
    return pages[codePoint >> PAGE_BITS][codePoint & PAGE - 1];
  }

  /// Returns the classes of the code points 0 to 255, to be read only.
  byte[] latin() {
    return pages[0];
  }
}
