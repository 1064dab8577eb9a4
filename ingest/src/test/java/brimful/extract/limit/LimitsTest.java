package brimful.extract.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.testing.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LimitsTest {
  @ParameterizedTest
  @CsvSource({
    "unpacked=4g, UNPACKED, 4294967296",
    "unpacked=1.5M, UNPACKED, 1572864",
    "unpacked=1000, UNPACKED, 1000",
    "time=90s, TIME, 90000",
    "time=90, TIME, 90000",
    "time=1.5h, TIME, 5400000",
    "members=200000, MEMBERS, 200000",
    "members=2m, MEMBERS, 2000000",
    "depth = 3, DEPTH, 3"
  })
  void aValueHasAUnit(String word, Limit limit, long value) {
    assertThat(Limits.standard().with(List.of(word)).of(limit)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mebmers=3 | unknown limit \"mebmers\": name one of document, text, characters, pages, figures, members, depth, unpacked, time, stall, memory",
        "members | --limit members has no value: write NAME=VALUE, such as members=200000; the names are",
        "members=0 | limit members is \"0\": write a number between 1 and 10000000, like 100000",
        "members=-3 | limit members is \"-3\": write a number",
        "members=2.5 | limit members is \"2.5\": write a number",
        "members=3g | limit members is \"3g\": write a number",
        "unpacked=lots | limit unpacked is \"lots\": write bytes between 1 and 16t, like 4g",
        "unpacked=999999999999999999t | limit unpacked is",
        "time=10ms | limit time is \"10ms\": write a time between 1s and 24h, like 2m",
        "memory=1m | limit memory is \"1m\": write bytes between 64m and 256g, like 1g",
      })
  void whatIsWrongIsSaid(String word, String message) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Limits.standard().with(List.of(word)))
        .withMessageStartingWith(message);
  }

  @ParameterizedTest
  @EnumSource
  void theStandardValueIsWithinItsBounds(Limit limit) {
    assertThat(limit.value(limit.shown(limit.standard()))).isEqualTo(limit.standard());
  }

  @Seeds
  void whatAnOutcomeSaysIsReadBack(long seed) {
    var random = new Random(seed);
    for (Limit limit : Limit.values()) {
      long value = limit.standard() + random.nextInt(3) * (limit == Limit.DEPTH ? 1 : 1_000L);

      assertThat(Limits.met("cut (" + limit.met(value) + ")"))
          .isEqualTo(Optional.of(new Limits.Met(limit, value)));
    }
  }

  @Test
  void otherTextNamesNoLimit() {
    assertThat(Limits.met("the file ends early")).isEmpty();
    assertThat(Limits.met("limit members=3 in the middle")).isEmpty();
    assertThat(Limits.met("(limit speed=3)")).isEmpty();
    assertThat(Limits.met("(limit members=3g)")).isEmpty();
  }
}
