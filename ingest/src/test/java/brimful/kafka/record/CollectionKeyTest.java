package brimful.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CollectionKeyTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "..", "../x", "a/b", "a b", "-rf", ".hidden", "a\0b", "ö"})
  void saysWhatANameMayBe(String name) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new CollectionKey(name, "estimate"))
        .withMessageContaining("collection name \"%s\": use letters", name)
        .withMessageContaining("100 at most");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "7", "My-Docs_2.0"})
  void takesPlainNames(String name) {
    assertThat(new CollectionKey(name, "estimate").name()).isEqualTo(name);
  }

  @Test
  void namesHaveAnEnd() {
    String longest = "a".repeat(CollectionKey.NAME_CHARACTERS_MAX);

    assertThat(new CollectionKey(longest, "estimate").name()).hasSize(100);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new CollectionKey(longest + "a", "estimate"));
  }

  @Test
  void tellsWhereTokenizersAreListed() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new CollectionKey("books", "../../x"))
        .withMessage("tokenizer name \"../../x\": see brimful models");
  }

  @Test
  void sortsByNameThenTokenizer() {
    var a1 = new CollectionKey("a", "1");
    var a2 = new CollectionKey("a", "2");
    var b1 = new CollectionKey("b", "1");

    assertThat(List.of(b1, a2, a1).stream().sorted()).containsExactly(a1, a2, b1);
  }

  @Test
  void showsOnlyTheBeginningOfAnEndlessName() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new CollectionKey("😀".repeat(5_000), "estimate"))
        .withMessageStartingWith("collection name \"" + "😀".repeat(100) + "…\": use letters");
  }
}
