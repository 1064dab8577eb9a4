package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuestionNotesTest {
  @TempDir Path folder;

  private List<String> notes(String text, String... documents) {
    try (LuceneIndex index = LuceneIndex.open(folder, "characters")) {
      for (int i = 0; i < documents.length; i++) {
        index.put(LineChunks.item(new DocumentId("text-" + i), documents[i], 2));
      }
      index.commit();
      try (Snapshot snapshot = index.snapshot()) {
        var question = new Question(text);
        return QuestionNotes.of(question, snapshot, new Ranker().rank(question, snapshot, 10));
      }
    }
  }

  @Test
  void areNoneForAQuestionThatIsUnderstoodAsItIsWritten() {
    assertThat(notes("What is the rebalance?", "the rebalance of the group is what follows"))
        .isEmpty();
  }

  @Test
  void nameAMisspeltWord() {
    assertThat(notes("What is the rebalence?", "the rebalance is what follows"))
        .containsExactly("\"rebalence\" is nowhere in the documents: read as \"rebalanc…\"");
  }

  @Test
  void nameTheLanguageOfTheDocuments() {
    assertThat(notes("Wie lang ist die Frist?", "the period of the contract is long"))
        .contains(
            "the question is in German and most documents are in English: ask in English to find more");
  }

  @Test
  void keepSilentAboutALanguageThatASmallerPartOfTheDocumentsHas() {
    assertThat(
            notes(
                "Wie lang ist die Frist?",
                "the period of the contract is long",
                "the rent is due in may",
                "die Frist ist wie immer lang"))
        .isEmpty();
  }

  @Test
  void sayThatNothingMatches() {
    assertThat(notes("超时是多少", "the timeout is ten seconds"))
        .containsExactly(
            "no word of the question is in the documents, most of which are in English");
  }

  @Test
  void takeAnEmptyIndexForEnglish() {
    assertThat(notes("rebalance"))
        .containsExactly(
            "no word of the question is in the documents, most of which are in English");
  }
}
