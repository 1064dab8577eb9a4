package brimful.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.testing.Seeds;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GrepPatternTest {

  @Test
  void givesEachLineOnceWithItsNumber() {
    List<GrepPattern.Match> matches =
        GrepPattern.of("a+", true, false).matches("a\n\nb aa a\nb\nxa");

    assertThat(matches)
        .containsExactly(
            new GrepPattern.Match(0, "a", 0),
            new GrepPattern.Match(2, "b aa a", 2),
            new GrepPattern.Match(4, "xa", 1));
  }

  @Test
  void aTextIsNoPattern() {
    assertThat(GrepPattern.of("a.b(\\E", false, false).matches("axb(\na.b(\\E"))
        .extracting(GrepPattern.Match::index)
        .containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"((a{99}){99}){99}", "a{1000}{1000}", "(a{500}b){900}", "[{]]{1000}{9}"})
  void aPatternThatMultipliesItsStatesIsNotCompiled(String regex) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> GrepPattern.of(regex, true, false))
        .withMessageStartingWith("pattern repeats too much");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(a+)+$", "(a|a)*b", "(.*.*.*)*x", "a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaa"})
  void noPatternTakesLong(String regex) {
    String hostile = "a".repeat(20_000) + "!";
    long start = System.nanoTime();

    var _ = GrepPattern.of(regex, true, false).matches(hostile);

    // A backtracking engine would take years.
    assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(10);
  }

  @Seeds
  void findsTheLinesThatTheJdkFinds(long seed) {
    var random = new Random(seed);
    String text =
        IntStream.range(0, 60)
            .mapToObj(_ -> "ab\n é".substring(random.nextInt(3)).charAt(0))
            .map(String::valueOf)
            .collect(Collectors.joining());
    String regex = List.of("a", "^b", "a$", "ab|ba", "^$", "b*").get(random.nextInt(6));
    String[] lines = text.split("\n", -1);

    List<Integer> found =
        GrepPattern.of(regex, true, false).matches(text).stream()
            .map(GrepPattern.Match::index)
            .toList();

    assertThat(found)
        .isEqualTo(
            IntStream.range(0, lines.length)
                .filter(i -> Pattern.compile(regex).matcher(lines[i]).find())
                .boxed()
                .toList());
  }
}
