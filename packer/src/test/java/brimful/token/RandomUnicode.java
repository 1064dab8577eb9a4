package brimful.token;

import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/// Makes random text that a tokenizer may stumble over, the same for the same seed.
final class RandomUnicode {
  private static final int[] SPACES = {
    ' ', ' ', ' ', '\t', '\n', '\r', 0x0b, 0x0c, 0x85, 0xa0, 0x1680, 0x2003, 0x2028, 0x3000
  };
  private static final int[] JOINERS = {0x200b, 0x200c, 0x200d, 0xfe0f, 0xfeff, 0x20e3, 0x180e};

  /// Each makes one code point of a kind; what follows what is left to chance.
  private static final List<ToIntFunction<Random>> KINDS =
      List.of(
          random -> 'a' + random.nextInt(26),
          random -> 'A' + random.nextInt(26),
          random -> '0' + random.nextInt(10),
          random -> '!' + random.nextInt(15),
          random -> 0x20 + random.nextInt(0x5f),
          random -> SPACES[random.nextInt(SPACES.length)],
          random -> random.nextInt(0x20),
          random -> 0x80 + random.nextInt(0x180),
          random -> 0x300 + random.nextInt(0x70),
          random -> 0x370 + random.nextInt(0x1200),
          random -> 0x2000 + random.nextInt(0xc00),
          random -> 0x3000 + random.nextInt(0x200),
          random -> 0x4e00 + random.nextInt(0x5300),
          random -> 0xac00 + random.nextInt(0x2ba4),
          random -> 0x1f000 + random.nextInt(0xb00),
          random -> JOINERS[random.nextInt(JOINERS.length)],
          RandomUnicode::any,
          random -> any(random) & 0xffff);

  private RandomUnicode() {}

  /// Returns up to `runsMax` runs of up to eight characters of one kind each.
  static String of(Random random, int runsMax) {
    var text = new StringBuilder();
    int runs = random.nextInt(runsMax + 1);
    for (int run = 0; run < runs; run++) {
      ToIntFunction<Random> kind = KINDS.get(random.nextInt(KINDS.size()));
      int length = 1 + random.nextInt(random.nextInt(8) + 1);
      for (int i = 0; i < length; i++) {
        text.appendCodePoint(scalar(kind.applyAsInt(random)));
      }
    }
    return text.toString();
  }

  /// Returns a code point among its like, and between letters, spaces, digits, signs and kana.
  static String inContexts(int codePoint) {
    return "a%sb %s 1%s2\n%s\n %s%s=%s(%s  %sカ%s・%s\u3040%s\u0001%s\t%s"
        .replace("%s", Character.toString(scalar(codePoint)));
  }

  private static int any(Random random) {
    return random.nextInt(Character.MAX_CODE_POINT + 1);
  }

  /// Replaces surrogates: the reference takes only text that UTF-8 can hold.
  static int scalar(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
        ? '\ufffd'
        : codePoint;
  }
}
