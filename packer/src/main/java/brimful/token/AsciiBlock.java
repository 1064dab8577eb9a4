package brimful.token;

import static brimful.token.CharClasses.NEWLINE;
import static brimful.token.CharClasses.NUMBER;
import static brimful.token.CharClasses.PUNCTUATION;
import static brimful.token.CharClasses.SPACE;
import static brimful.token.CharClasses.WORD;

import java.util.Arrays;

/// Splits up to 64 bytes of ASCII into pretokens at once. The result equals that of [Splitter],
/// which takes one pretoken after the other and spends its time on branches that the processor
/// mispredicts.
///
/// Each character class is a 64-bit mask with one bit for each byte, the first byte lowest, and
/// each rule of the patterns is arithmetic on masks. `x << 1` marks what follows an x; adding the
/// first bit of a run of ones carries through the run and so marks it.
///
/// Thread-safe.
final class AsciiBlock {
  /// The class of a byte that ends the block: everything but ASCII, and control characters.
  private static final int ODD = 6;

  /// The position of the blank, which is also [CharClasses#SPACE].
  private static final int BLANK = 0;

  /// For each byte: a bit in the eighth of the number that belongs to its class.
  private final long[] flags = new long[256];

  AsciiBlock(CharClasses classes) {
    Arrays.fill(flags, flag(ODD));
    for (int c = 1; c < 128; c++) {
      byte kind = classes.of(c);
      if (kind != CharClasses.OTHER) {
        flags[c] = flag(kind);
      }
    }
    flags[' '] |= flag(BLANK);
  }

  private static long flag(int kind) {
    return 1L << (kind * Byte.SIZE);
  }

  /// Marks the starts of pretokens after the first, as far as the block determines them: an
  /// unmarked start may lie before the last marked one, never between.
  ///
  /// @param text followed by [Splitter#PADDING] zero bytes
  /// @param from where a pretoken starts, before `to`
  long starts(byte[] text, int from, int to) {
    long words = 0;
    long signs = 0;
    long numbers = 0;
    long spaces = 0;
    long blanks = 0;
    long newlines = 0;
    long odd = 0;
    for (int at = 0; at < Long.SIZE && from + at < to && odd == 0; at += Byte.SIZE) {
      long eight = flagsOfEight(text, from + at);
      words |= eighth(eight, WORD) << at;
      signs |= eighth(eight, PUNCTUATION) << at;
      numbers |= eighth(eight, NUMBER) << at;
      spaces |= eighth(eight, SPACE) << at;
      blanks |= eighth(eight, BLANK) << at;
      newlines |= eighth(eight, NEWLINE) << at;
      odd |= eighth(eight, ODD) << at;
    }
    long block = (words | signs | numbers | spaces | newlines) & ((odd & -odd) - 1);
    words &= block;
    signs &= block;
    spaces &= block;
    newlines &= block;
    long last = block & ~(block >>> 1);
    long starts =
        wordStarts(words, signs, spaces, blanks)
            | first(signs) & ~(blanks << 1)
            | numberStarts(numbers & block)
            | spaceStarts(spaces, newlines & ~run(newlines, signs << 1), newlines, last)
            | spaces & ((words | signs) >>> 1);
    return starts & ~1;
  }

  private long flagsOfEight(byte[] text, int at) {
    return flags[text[at] & 0xff]
        | flags[text[at + 1] & 0xff] << 1
        | flags[text[at + 2] & 0xff] << 2
        | flags[text[at + 3] & 0xff] << 3
        | flags[text[at + 4] & 0xff] << 4
        | flags[text[at + 5] & 0xff] << 5
        | flags[text[at + 6] & 0xff] << 6
        | flags[text[at + 7] & 0xff] << 7;
  }

  private static long eighth(long eight, int kind) {
    return eight >>> (kind * Byte.SIZE) & 0xff;
  }

  /// A word takes the space before it, or a single sign.
  private static long wordStarts(long words, long signs, long spaces, long blanks) {
    long alone = first(signs) & ~(signs >>> 1) & ~(blanks << 1);
    return first(words) & ~((spaces | alone) << 1);
  }

  private static long numberStarts(long numbers) {
    long threes = numbers & numbers << 1 & numbers << 2;
    long starts = first(numbers);
    long next = starts << 3 & threes;
    while (next != 0) {
      starts |= next;
      next = next << 3 & threes;
    }
    return starts;
  }

  /// White space is one pretoken up to its last newline, and another from there.
  ///
  /// @param own the newlines that do not belong to the signs before them
  /// @param last the last byte of the block: what follows it is not known yet
  private static long spaceStarts(long spaces, long own, long newlines, long last) {
    long beforeNewline =
        Long.reverse(run(Long.reverse(spaces), Long.reverse(newlines >>> 1 | last)));
    return first(spaces | own) | spaces & newlines << 1 & ~beforeNewline;
  }

  /// Returns the first of each run of ones.
  private static long first(long ones) {
    return ones & ~(ones << 1);
  }

  /// Returns the runs of ones whose first bit is marked.
  private static long run(long ones, long marks) {
    return ones & ~(ones + (ones & marks));
  }
}
