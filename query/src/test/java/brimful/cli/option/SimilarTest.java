package brimful.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SimilarTest {
  private static final List<String> NAMES =
      List.of("ask", "pack", "batch", "report", "budget", "index", "include", "with-collections");

  @ParameterizedTest
  @CsvSource({
    "packk, pack",
    "puck, pack",
    "pcak, pack",
    "pak, pack",
    "budgt, budget",
    "bugdte, budget",
    "budge, budget",
    "with-collection, with-collections",
    "inc, include"
  })
  void findsTheNameBehindASlip(String word, String name) {
    assertThat(Similar.to(word, NAMES)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"i", "in", "hello", "exec", "model", ""})
  void findsNothingInOtherWords(String word) {
    assertThat(Similar.to(word, NAMES)).isEmpty();
  }

  @Test
  void aLongWordIsNoName() {
    assertThat(Similar.to("x".repeat(100_000), NAMES)).isEmpty();
  }
}
