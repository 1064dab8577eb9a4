package brimful.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CountedTest {
  @Test
  void onlyOneIsWithoutAnS() {
    assertThat(Counted.of(0, "file")).isEqualTo("0 files");
    assertThat(Counted.of(1, "file")).isEqualTo("1 file");
    assertThat(Counted.of(2_000, "file")).isEqualTo("2,000 files");
    assertThat(new Coverage(1, 1, 0, 0, 0, 0).display()).startsWith("1 file found: 1 indexed");
  }
}
