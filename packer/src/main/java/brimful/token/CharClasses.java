package brimful.token;

import java.util.Arrays;

/// The character class of each code point in DeepSeek's pre-tokenizer.
///
/// The table is a resource rather than [Character#getType]: the reference tokenizer has the classes
/// of Unicode 16, and a later Java would count newer characters differently.
///
/// Immutable, so thread-safe.
final class CharClasses {
  static final byte OTHER = 0;

  /// Letters and marks: no pattern distinguishes them where it matters.
  static final byte WORD = 1;

  /// Punctuation and symbols; in ASCII, every printable character that is neither letter nor digit.
  static final byte PUNCTUATION = 2;

  static final byte NUMBER = 3;

  /// White space other than [#NEWLINE].
  static final byte SPACE = 4;

  /// Carriage return and line feed.
  static final byte NEWLINE = 5;

  /// Unassigned code points in the Chinese and Japanese ranges of the tokenizer's second pattern;
  /// this class and all above belong to that pattern.
  static final byte CJK_OTHER = 6;

  static final byte CJK_WORD = 7;

  /// Such as the dot between Japanese words.
  static final byte CJK_PUNCTUATION = 8;

  private static final int KINDS = 9;
  private static final int PAGE_BITS = 8;
  private static final int PAGE = 1 << PAGE_BITS;

  private static final int PAGES = (Character.MAX_CODE_POINT + 1) / PAGE;

  /// Where the page of each 256 code points starts in [#classes]; pages of one class are shared.
  private final int[] pages = new int[PAGES];

  /// One page of each class, then the mixed pages.
  private byte[] classes = new byte[KINDS * PAGE];

  private int used = classes.length;

  /// Reads runs of one class from code point 0 on: a class, then the length as 7-bit groups, low
  /// group first.
  CharClasses(byte[] runs) {
    for (byte kind = 0; kind < KINDS; kind++) {
      Arrays.fill(classes, kind * PAGE, (kind + 1) * PAGE, kind);
    }
    int start = 0;
    int at = 0;
    while (at < runs.length) {
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
      int page = from / PAGE;
      int to = Math.min(end, (page + 1) * PAGE);
      if (to - from == PAGE) {
        pages[page] = kind * PAGE;
      } else {
        int offset = mixedPage(page) - page * PAGE;
        Arrays.fill(classes, offset + from, offset + to, kind);
      }
      from = to;
    }
  }

  private int mixedPage(int page) {
    if (pages[page] < KINDS * PAGE) {
      if (used == classes.length) {
        classes = Arrays.copyOf(classes, 2 * used);
      }
      pages[page] = used;
      used += PAGE;
    }
    return pages[page];
  }

  byte of(int codePoint) {
    return classes[pages[codePoint >>> PAGE_BITS] + (codePoint & (PAGE - 1))];
  }
}
