package brimful.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.eval.GoldQuestion.FileLines;
import brimful.eval.GoldQuestion.LineGold;
import brimful.pack.Window.Placed;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class MeasuresTest {
  private static GoldQuestion question(
      List<String> files, List<Gold> gold, Map<LineGold, List<FileLines>> lines, String answer) {
    return new GoldQuestion("id", "why?", "", files, gold, Map.of(), answer, "", Map.of(), lines);
  }

  private static Placed lines(String file, int first, int last, String text) {
    return new Placed(new DocumentId(file), new Locator.Lines(first, last), text, 10);
  }

  private static SortedMap<String, Double> measured(
      GoldQuestion question, String whole, Placed... placed) {
    var measures = new TreeMap<String, Double>();
    new WindowMeasures(question, List.of(placed), _ -> whole).measure("1k", measures);
    return measures;
  }

  @Test
  void ranksByTheWorstAndTheFirstGoldFile() {
    var measures = new TreeMap<String, Double>();
    GoldQuestion question = question(List.of("src/b.py", "d.py"), List.of(), Map.of(), "");
    List<DocumentId> ranked =
        List.of("a.py", "src/b.py", "c.py", "d.py").stream().map(DocumentId::new).toList();

    FileRanks.measure(question, ranked, measures);

    assertThat(measures)
        .containsEntry("acc@3", 0.0)
        .containsEntry("acc@5", 1.0)
        .containsEntry("recall@10", 1.0)
        .containsEntry("mrr", 0.5);
    // (1 / log2 3 + 1 / log2 5) / (1 + 1 / log2 3): every gold file counts the same.
    assertThat(measures.get("ndcg@10")).isCloseTo(0.651, within(0.001));
  }

  @Test
  void gradesFilesByGainAndPrecision() {
    var measures = new TreeMap<String, Double>();
    var question =
        new GoldQuestion(
            "id",
            "why?",
            "",
            List.of("a", "b"),
            List.of(),
            Map.of("a", 1.0, "b", 3.0),
            "",
            "",
            Map.of(),
            Map.of());

    FileRanks.measure(question, List.of(new DocumentId("a"), new DocumentId("b")), measures);

    assertThat(measures.get("map")).isEqualTo(1);
    // (1 + 3 / log2 3) / (3 + 1 / log2 3)
    assertThat(measures.get("ndcg@10")).isCloseTo(0.797, within(0.001));
  }

  @Test
  void countsTheEvidenceWordsThatItsOwnPageShows() {
    var question =
        new GoldQuestion(
            "id",
            "why?",
            "",
            List.of("a.pdf"),
            List.of(new Gold.Page("a.pdf", 3)),
            Map.of(),
            "",
            "Net sales 5,363 5,363",
            Map.of(),
            Map.of());
    var page = new Placed(new DocumentId("a.pdf"), new Locator.Page(3), "net SALES were 5,363", 10);
    var other =
        new Placed(new DocumentId("a.pdf"), new Locator.Page(4), "5,363 5,363 net sales", 10);

    // net, sales, 5 and 363 once of twice each.
    assertThat(measured(question, "", page, other)).containsEntry("words@1k", 4.0 / 6);
    assertThat(measured(question, "", other)).containsEntry("words@1k", 0.0);
  }

  @Test
  void wantsFunctionsAndHunksWholeAndCountsChangedLines() {
    GoldQuestion question =
        question(
            List.of("a.py"),
            List.of(new Gold.File("a.py")),
            Map.of(
                LineGold.FUNCTION, List.of(new FileLines("a.py", 1, 12)),
                LineGold.LINE, List.of(new FileLines("a.py", 4, 8)),
                LineGold.SPAN, List.of(new FileLines("a.py", 5, 6))),
            "");

    SortedMap<String, Double> measures =
        measured(question, "", lines("a.py", 1, 6, "x"), lines("a.py", 7, 10, "y"));

    assertThat(measures)
        .containsEntry("file@1k", 1.0)
        .containsEntry("function@1k", 0.0)
        .containsEntry("line@1k", 1.0)
        .containsEntry("span@1k", 1.0)
        .containsEntry("matter@1k", 0.2);
  }

  @Test
  void findsCharactersWhereTheyStandAndNotWhereTheyAreRepeated() {
    String whole = "one 😀\ntwo\none 😀\n";
    GoldQuestion question =
        question(List.of("a.md"), List.of(new Gold.Chars("a.md", 10, 15)), Map.of(), "");

    assertThat(measured(question, whole, lines("a.md", 1, 1, "one 😀")))
        .containsEntry("recall@1k", 0.0);
    assertThat(measured(question, whole, lines("a.md", 3, 3, "one 😀")))
        .containsEntry("recall@1k", 1.0)
        .containsEntry("iou@1k", 1.0);
  }

  @Test
  void findsPagesLabelsAndAnswers() {
    GoldQuestion question =
        question(
            List.of("a.pdf", "c.md"),
            List.of(new Gold.Page("a.pdf", 5), new Gold.Marked("D1:3"), new Gold.Marked("D1:4")),
            Map.of(),
            "$1,577.00");
    var page =
        new Placed(new DocumentId("a.pdf"), new Locator.Page(5), "spent 1 577.00\nin all", 9);

    SortedMap<String, Double> measures =
        measured(question, "", page, lines("c.md", 3, 3, "[D1:3] Ann: hi"));

    assertThat(measures.get("recall@1k")).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(measures).containsEntry("answer@1k", 1.0);
  }
}
