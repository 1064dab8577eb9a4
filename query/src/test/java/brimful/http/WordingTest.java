package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WordingTest {
  @Test
  void speaksOfNoOptionsOfACommandLine() {
    assertThat(Wording.told("only $0.01 of the limit are left: raise --max-cost to go on\nat once"))
        .isEqualTo("only $0.01 of the limit are left: raise the limit to go on");
    assertThat(Wording.told("no JSON: ask again with --retry-failed, or mend the question"))
        .isEqualTo("no JSON: retry what failed, or mend the question");
    assertThat(Wording.told("")).isEmpty();
  }
}
