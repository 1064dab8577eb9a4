package brimful.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.testing.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeadLetterTest {
  private static final DeadLetter LETTER = new RandomRecords(1).letter();

  @Seeds
  void readsWhatItWrote(long seed) {
    var records = new RandomRecords(seed);
    for (int i = 0; i < 40; i++) {
      DeadLetter letter = records.letter();

      assertThat(DeadLetter.read(letter.value())).isEqualTo(letter);
      assertThat(letter.json()).doesNotContain("\n");
    }
  }

  @Test
  void oneItemHasALetterForEachOfItsTexts() {
    DeadLetter other =
        new DeadLetter(
            LETTER.claim().again("job 2", 1, ""),
            LETTER.cause(),
            "again",
            LETTER.stage(),
            "parser 2",
            LETTER.sha256(),
            LETTER.worker(),
            LETTER.at());

    assertThat(other.key()).isEqualTo(LETTER.key());
    assertThat(new RandomRecords(2).letter().key()).isNotEqualTo(LETTER.key());
  }

  @Test
  void passesOverFieldsItDoesNotKnow() {
    assertThat(DeadLetter.read(JsonEditor.extended(LETTER.value()))).isEqualTo(LETTER);
  }

  @Test
  void onlyWhatEndsAParserIsPoison() {
    assertThat(DeadLetter.Cause.values())
        .filteredOn(DeadLetter.Cause::isPoison)
        .extracting(DeadLetter.Cause::title)
        .containsExactly("timeout", "stalled", "out-of-memory", "crash", "bomb");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "cause":          | "cause":"bad luck","was":
          "at":             | "at":"yesterday","was":
          "claim":          | "was":
          "detail":         | "was":
          """)
  void refusesWhatNoLetterMayBe(String old, String replacement) {
    byte[] broken = JsonEditor.with(LETTER.value(), old, replacement);

    assertThatExceptionOfType(UnreadableRecord.class)
        .isThrownBy(() -> DeadLetter.read(broken))
        .matches(e -> !e.newer());
  }
}
