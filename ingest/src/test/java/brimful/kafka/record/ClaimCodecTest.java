package brimful.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.DocumentId;
import brimful.testing.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClaimCodecTest {
  private static final Claim CLAIM =
      new Claim(
          new CollectionKey("books", "estimate"),
          "job",
          new DocumentId("a/b.txt"),
          7,
          new Claim.Work.Read("/mnt", new DocumentId("b.txt"), "stamp", 9),
          Claim.Attempts.NONE);

  @Seeds
  void readsWhatItWrote(long seed) {
    var records = new RandomRecords(seed);
    for (int i = 0; i < 40; i++) {
      Claim claim = records.claim();

      byte[] value = ClaimCodec.value(claim);

      assertThat(ClaimCodec.read(value)).isEqualTo(claim);
      assertThat(value).hasSizeLessThan(4 << 10);
    }
  }

  @Test
  void laterVersionsTakeThePlaceOfEarlierOnesAndRetriesDoNot() {
    Claim later = CLAIM.again("job 2", 99, "");
    Claim retry = CLAIM.after(new Claim.Attempts(1, 0, 0));
    Claim retryAgain = CLAIM.after(new Claim.Attempts(2, 3, 0));

    assertThat(ClaimCodec.key(later)).isEqualTo(ClaimCodec.key(CLAIM));
    assertThat(ClaimCodec.key(retry)).isNotEqualTo(ClaimCodec.key(CLAIM));
    assertThat(ClaimCodec.key(retryAgain)).isEqualTo(ClaimCodec.key(retry));
    assertThat(ClaimCodec.key(CLAIM.after(new Claim.Attempts(1, 0, 1))))
        .isNotEqualTo(ClaimCodec.key(retry));
    assertThat(ClaimCodec.key(later.after(new Claim.Attempts(1, 0, 0))))
        .isNotEqualTo(ClaimCodec.key(retry));
  }

  @Test
  void passesOverFieldsItDoesNotKnow() {
    assertThat(ClaimCodec.read(JsonEditor.extended(ClaimCodec.value(CLAIM)))).isEqualTo(CLAIM);
  }

  @Test
  void leavesALaterSchemaToLaterWorkers() {
    byte[] newer = JsonEditor.newer(ClaimCodec.value(CLAIM));

    assertThatExceptionOfType(UnreadableRecord.class)
        .isThrownBy(() -> ClaimCodec.read(newer))
        .withMessageContaining("upgrade this one")
        .matches(UnreadableRecord::newer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "do":"read"          | "do":"dance"      | dance
          "lost":0             | "lost":-1         | -1 lost
          "version":7          | "version":"7"     | no number "version"
          "item":"a/b.txt"     | "item":"/etc"     | absolute
          "collection":"books" | "collection":"../x" | collection name
          "stamp"              | "stump"           | no text "stamp"
          "v":1                | "w":1             | no version
          {                    | [                 | not JSON
          """)
  void refusesWhatNoClaimMayBe(String old, String replacement, String said) {
    byte[] broken = JsonEditor.with(ClaimCodec.value(CLAIM), old, replacement);

    assertThatExceptionOfType(UnreadableRecord.class)
        .isThrownBy(() -> ClaimCodec.read(broken))
        .withMessageContaining(said)
        .matches(e -> !e.newer());
  }

  @Test
  void refusesNothingAtAll() {
    assertThatExceptionOfType(UnreadableRecord.class)
        .isThrownBy(() -> ClaimCodec.read(new byte[0]));
  }
}
