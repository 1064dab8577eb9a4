package brimful.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WildcardsTest {

  @ParameterizedTest
  @CsvSource({
    "a*b, aXYb, true",
    "a*b, a/b, false",
    "a?b, a/b, false",
    "**/b, b, true",
    "**/b, x/y/b, true",
    "**/b, xb, false",
    "a/**, a/x/y, true",
    "a/**, a, false",
    "a/**/b, a/b, true",
    "a/**/b, a/x/y/b, true",
    "a**b, a/b, false",
    "[!a]b, cb, true",
    "[^a]b, ab, false",
    "[!a]b, /b, false",
    "[]a], ], true",
    "[a-c]x, bx, true",
    "[a\\-c]x, bx, false",
    "[[:digit:]]x, 7x, true",
    "[[:nonsense:]]x, 7x, false",
    "[a, [a, false",
    "a\\, a\\, false",
    "\\*a, *a, true"
  })
  void matchesPathsAsGitDoes(String pattern, String path, boolean matches) {
    assertThat(Wildcards.compile(pattern, true, false).matches(path)).isEqualTo(matches);
  }

  @Test
  void inANameAStarTakesAll() {
    assertThat(Wildcards.compile("a*b", false, false).matches("a/b")).isTrue();
  }

  @Test
  void noPatternTakesLong() {
    var pattern = Wildcards.compile("**/a*".repeat(800) + "b", true, false);

    assertThat(pattern.matches("a/a".repeat(1000))).isFalse();
  }

  /// Stars and names of one folder are what a regular expression says they are.
  @Seeds({1, 2, 3, 4, 5, 42})
  void agreesWithRegularExpressions(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      var pattern = new StringBuilder();
      var regex = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        switch (random.nextInt(6)) {
          case 0 -> {
            pattern.append('*');
            regex.append("[^/]*");
          }
          case 1 -> {
            pattern.append('?');
            regex.append("[^/]");
          }
          default -> {
            char c = "ab/".charAt(random.nextInt(3));
            pattern.append(c);
            regex.append(c);
          }
        }
      }
      // Long enough for a second word of states, at times.
      String start = "b".repeat(random.nextInt(2) * 58);
      String glob = start + pattern.toString().replaceAll("\\*\\*+", "*");
      var text = new StringBuilder();
      for (int i = 0; i < glob.length(); i++) {
        text.append(glob.charAt(i) == '*' ? "ab".repeat(random.nextInt(2)) : glob.charAt(i));
      }
      String path = text.toString().replace('?', "ab/".charAt(random.nextInt(3)));

      assertThat(Wildcards.compile(glob, true, false).matches(path))
          .as("%s and %s", glob, path)
          .isEqualTo(Pattern.matches(start + regex, path));
    }
  }
}
