package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WantsEverythingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "List all notice periods",
        "list the suppliers of 2023",
        "How many contracts end in May?",
        "Which of the reports mention a strike?",
        "please find every use of the old address",
        "Wie viele Verträge enden im Mai?",
        "Nenne alle Lieferanten",
        "Liste sämtliche Fristen auf",
        "Welche der Berichte erwähnen einen Streik?",
        "Combien de contrats finissent en mai ?",
        "¿Cuántos contratos terminan en mayo?",
        "Quanti contratti scadono a maggio?",
        "Quantos contratos terminam em maio?",
        "Hoeveel contracten eindigen in mei?"
      })
  void wantsEverything(String question) {
    assertThat(QuestionNotes.wantsEverything(question)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How does rebalancing work?",
        "Which port does the broker listen on?",
        "Where is the playlist all about jazz kept?",
        "Wie funktioniert die Abstimmung?",
        "Welche Frist gilt für Kündigungen?",
        "What does list return for an empty folder?"
      })
  void wantsOneThing(String question) {
    assertThat(QuestionNotes.wantsEverything(question)).isFalse();
  }
}
