package brimful.index.term;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class NaturalLanguageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What was the war about? | ENGLISH",
        "Was ist die Frist in dem Vertrag? | GERMAN",
        "where does the German code say der, die, das? | ENGLISH",
        "Comment est calculé le prix? | FRENCH",
        "¿Cómo se calcula el precio? | SPANISH",
        "Come si calcola il prezzo? | ITALIAN",
        "Como é calculado o preço? | PORTUGUESE",
        "Hoe wordt de prijs berekend? | DUTCH",
        "Как считается цена и где она? | RUSSIAN",
        "Miten hinta on laskettu? | FINNISH",
        "Hur är priset och vad är det? | SWEDISH",
      })
  void isRecognisedByWordsOfGrammar(String question, NaturalLanguage language) {
    assertThat(NaturalLanguage.of(question)).contains(language);
  }

  @Test
  void isUnknownWithoutWordsOfGrammar() {
    assertThat(NaturalLanguage.of("rebalance protocol")).isEmpty();
    assertThat(NaturalLanguage.of("Rio de Janeiro invoices")).isEmpty();
    assertThat(NaturalLanguage.of("von Neumann architecture")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isRecognisedByItsOwnWordsAlone(NaturalLanguage language) {
    assertThat(NaturalLanguage.of(String.join(" ", language.markers()))).contains(language);
  }

  @ParameterizedTest
  @EnumSource
  void knowsItsWordsOfGrammar(NaturalLanguage language) {
    assertThat(language.markers()).allMatch(language::isFunctionWord);
    assertThat(language.isFunctionWord("rebalance")).isFalse();
  }
}
