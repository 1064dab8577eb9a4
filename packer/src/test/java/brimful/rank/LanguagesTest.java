package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Questions in many languages, and with misspelt words, find what says the same word with another
/// ending.
final class LanguagesTest {
  @TempDir Path folder;

  private List<String> ranked(String question, String... texts) {
    try (LuceneIndex index = LuceneIndex.open(folder, "characters")) {
      for (int i = 0; i < texts.length; i++) {
        index.put(LineChunks.item(new DocumentId("text-" + i), texts[i], 2));
      }
      index.commit();
      try (Snapshot snapshot = index.snapshot()) {
        return new Ranker()
            .rank(new Question(question), snapshot, 100).chunks().stream()
                .map(chunk -> chunk.chunk().document().value())
                .toList();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "German | Wie lang sind die Kündigungsfristen? | Die Kündigungsfrist beträgt drei Monate. | Die Miete ist am dritten Tag fällig.",
        "German | Welche Verträge gibt es? | Der Vertrag mit dem Mieter. | Die Katze und der Hund schlafen.",
        "French | Quels sont les délais des contrats annuels? | Le contrat annuel est signé. | Les oiseaux sont dans le jardin.",
        "French | Où sont les chevaux? | Un cheval est dans le pré. | Les vaches sont dans les champs.",
        "Spanish | ¿Cuáles son las facturas pagadas? | La factura pagada es de marzo. | Los perros duermen en la casa.",
        "Italian | Quali sono i contratti firmati? | Il contratto è firmato. | Le mele sono nella cucina.",
        "Portuguese | Quais são as faturas pagas? | A fatura paga é de março. | Os gatos dormem na casa.",
        "Dutch | Wat zijn de huurovereenkomsten? | De huurovereenkomst van het huis. | De katten slapen in de zon.",
        "Russian | Какие сроки в договорах? | Срок договора истёк. | Кошки спят на окне.",
        "Finnish | Mitkä ovat sopimuksissa? | Tämä sopimuksen ehto on selvä. | Kissat nukkuvat ikkunalla.",
        "Swedish | Vilka är avtalen? | Ett avtal är skrivet. | Katterna sover och leker.",
        "Danish | Hvad er kontrakterne? | Kontrakten er skrevet. | Kattene sover og leger.",
        "Norwegian | Hva er avtalene? | Avtalen er skrevet. | Kattene sover og leker.",
        "Turkish | Sözleşmeler ne zaman bitiyor? | Sözleşme mart ayında sona erer. | Kediler pencerede uyuyor.",
        "Hungarian | Milyen szerződések vannak? | A szerződés egy évre szól. | A macskák az ablakban alszanak.",
        "Romanian | Care sunt contractele? | Un contract este semnat. | Pisicile dorm pe pervaz.",
        "Greek | Τι είναι οι συμβάσεις; | Η σύμβασης αρχίζει. | Οι γάτες κοιμούνται στο παράθυρο.",
        "Bulgarian | Какво е в договорите? | Договор за наем. | Котките спят на прозореца.",
        "Arabic | ما هي العقود؟ | عقود الإيجار | القطط تنام",
        "Hindi | लड़कियों के बारे में क्या है? | लड़कियाँ स्कूल जाती | बिल्ली सो रही",
        "Indonesian | Apa yang dibayarkan? | Sewa dibayar bulan lalu | Kucing tidur siang",
      })
  void findsTheWordWithAnotherEnding(
      String language, String question, String wanted, String other) {
    assertThat(ranked(question, other, wanted)).as(language).startsWith("text-1");
  }

  @Test
  void takesTheLanguageOfTheCorpusIfTheQuestionHasNoWordOfGrammar() {
    assertThat(
            ranked(
                "Kündigungsfristen",
                "Die Miete ist am dritten Tag und an dem Ort fällig.",
                "Die Kündigungsfrist ist lang, und das ist der Grund."))
        .containsExactly("text-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How does the rebalence work? | rebalance",
        "How does the reblaance work? | rebalance",
        "What is a consumr group? | consumer",
        "Is the recieved one kept? | received",
        "Wie lang ist die Kündigunsfrist? | Kündigungsfrist",
      })
  void readsAMisspeltWordAsTheKnownOne(String question, String wanted) {
    assertThat(ranked(question, "something else", "tells of " + wanted)).startsWith("text-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What is a rebalence_key? | an identifier of code",
        "What does rebalence() do? | a call",
        "What is in lib/rebalence? | a path",
        "What is RebalencE? | a name of code",
        "What is a cots? | too short",
        "What is a rebelence? | two letters differ",
      })
  void leavesOtherUnknownWordsAlone(String question, String reason) {
    assertThat(ranked(question, "rebalance cats")).as(reason).isEmpty();
  }

  @Test
  void prefersTheKnownWordToItsNeighbour() {
    assertThat(ranked("where is the order?", "border", "order")).startsWith("text-1");
  }
}
