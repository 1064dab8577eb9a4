package brimful.cli.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the name that somebody meant who mistyped it.
public final class Similar {
  /// A slip in fewer letters could be any name.
  private static final int CHARS_MIN = 3;

  /// A name of so many letters may have two slips.
  private static final int LONG_CHARS = 6;

  /// Names are short; a longer word is none.
  private static final int CHARS_MAX = 40;

  private Similar() {}

  /// Returns the name that is most like a word: with a letter more, less, or another, two swapped,
  /// or its end left out.
  ///
  /// @return empty if none is like it
  public static Optional<String> to(String word, Collection<String> names) {
    if (word.length() < CHARS_MIN || word.length() > CHARS_MAX) {
      return Optional.empty();
    }
    return names.stream()
        .filter(name ->
            name.startsWith(word)
                || (name.length() >= CHARS_MIN && slips(word, name) <= slipsMax(name)))
        .min(
            Comparator.comparing((String name) -> slips(word, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int slipsMax(String name) {
    return name.length() < LONG_CHARS ? 1 : 2;
  }

  /// Returns how many slips make one word of the other.
  private static int slips(String one, String other) {
    int[][] slips = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        slips[i][j] = i == 0 || j == 0 ? i + j : slips(one, other, i, j, slips);
      }
    }
    return slips[one.length()][other.length()];
  }

  private static int slips(String one, String other, int i, int j, int[][] before) {
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int least = before[i - 1][j - 1] + (same ? 0 : 1);
    least = Math.min(least, Math.min(before[i - 1][j], before[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, before[i - 2][j - 2] + 1) : least;
  }
}
