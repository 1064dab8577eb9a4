package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameWordsTest {
  @ParameterizedTest
  @CsvSource({
    "WebSocketClient, web socket client",
    "HTTPServerName, http server name",
    "allURLs, all urls",
    "max_bytes-total, max bytes total",
    "FY2018_10K, fy 2018 10k",
    "3M_2023Q2_10Q, 3m 2023 q2 10q",
    "utf8Decoder, utf8 decoder",
    "x_y_axis, axis",
    "größerAls, größer als",
    "설명서_목록, 설명서 목록"
  })
  void splitsAtCaseAndSigns(String name, String words) {
    assertThat(NameWords.of(name)).containsExactly(words.split(" ", -1));
  }

  @Test
  void stemsAsTheIndexDoes() {
    assertThat(NameWords.stems("ParsedHeaders")).containsExactly("pars", "header");
  }

  @Test
  void takesLinearTimeForHostileNames() {
    assertThat(NameWords.of("A".repeat(100_000) + "1".repeat(100_000))).isNotEmpty();
    assertThat(NameWords.of("aB".repeat(100_000))).hasSize(100_000 - 1);
    assertThat(NameWords.of("\u0301".repeat(100_000))).isNotNull();
    assertThat(NameWords.of("İ".repeat(200_000))).isNotEmpty();
    assertThat(NameWords.stems("y".repeat(200_000) + "ed")).hasSize(1);
    assertThat(NameWords.of("")).isEqualTo(List.of());
  }

  @Test
  void keepsTheBeginningOfAnEndlessWord() {
    assertThat(NameWords.of("설".repeat(100) + "_end")).containsExactly("설".repeat(64), "end");
  }
}
