package brimful.index.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WordListTest {
  private static final WordList WORDS =
      new WordList(
          List.of(
              "broker", "broke", "brokers", "borker", "bröker", "joker", "bro", "z𝒳y", "broker"),
          _ -> Map.of());

  @Test
  void findsBeginnings() {
    assertThat(WORDS.beginningWith("brok", 20, 20))
        .toIterable()
        .containsExactly("broke", "broker", "brokers");
    assertThat(WORDS.beginningWith("z𝒳", 20, 20)).toIterable().containsExactly("z𝒳y");
    assertThat(WORDS.beginningWith("x", 20, 20)).toIterable().isEmpty();
  }

  @Test
  void findsWhatOneEditMakes() {
    assertThat(WORDS.near("broker"))
        .containsExactlyInAnyOrder("broker", "broke", "brokers", "borker", "bröker");
    assertThat(WORDS.near("brokr")).contains("broker", "broke").doesNotContain("brokers");
    assertThat(WORDS.near("zy")).containsExactly("z𝒳y");
  }
}
