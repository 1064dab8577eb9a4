package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import brimful.corpus.Outcome;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Questions about times that only an event of the conversation tells.
final class EventTimesTest {
  private static final List<String> TURNS =
      List.of(
          "2024-03-01 09:00|Ann: the pump price is set to ten euros",
          "2024-04-02 10:00|Bob: kickoff of the harbour project went well",
          "2024-05-03 11:00|Ann: the pump price is set to twelve euros",
          "2024-06-04 12:00|Bob: we had the outage at the mill last night",
          "2024-07-05 13:00|Ann: the pump price is set to fifteen euros");

  @TempDir private Path folder;

  private static Item conversation() {
    var id = new DocumentId("chat.txt");
    List<Chunk> chunks = new ArrayList<>();
    for (String turn : TURNS) {
      String[] parts = turn.split("\\|", -1);
      int number = chunks.size() + 1;
      List<String> speaker = List.of(parts[1].substring(0, 3));
      var locator = new Locator.Turns(number, number, Minutes.parse(parts[0]), speaker);
      chunks.add(new Chunk(id, chunks.size(), locator, "", List.of(), parts[1], 12));
    }
    return new Item(
        id, "stamp", new Outcome.Indexed(), List.of(new Document(id, chunks)), List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to what was the pump price set after the outage? | fifteen",
        "After the outage at the mill, to what was the pump price set? | fifteen",
        "to what was the pump price set before the kickoff | ten",
        "to what was the pump price set between the kickoff and the outage? | twelve",
        "zu was the pump price set nach dem outage? | fifteen",
      })
  void theEventsTurnBoundsTheAnswer(String question, String price) {
    assertThat(best(question, "pump price")).contains(price);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "was the pump price set to ten euros before the flood? | ten",
        "was the pump price set to ten euros between the flood and the outage? | ten",
        "was the pump price set to ten euros between the outage and the kickoff? | ten",
      })
  void whatNoTurnTellsBoundsNothing(String question, String price) {
    assertThat(best(question, "pump price")).contains(price);
  }

  private String best(String question, String about) {
    try (LuceneIndex index = LuceneIndex.open(folder, "characters")) {
      index.put(conversation());
      index.commit();
      try (Snapshot snapshot = index.snapshot()) {
        return new Ranker()
            .rank(new Question(question, Optional.empty()), snapshot, 100).chunks().stream()
                .map(ranked -> snapshot.read(List.of(ranked.chunk())).getFirst().text())
                .filter(text -> text.contains(about))
                .findFirst()
                .orElse("");
      }
    }
  }
}
