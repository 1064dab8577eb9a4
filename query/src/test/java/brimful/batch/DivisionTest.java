package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DivisionTest {
  private static final List<Outline> CORPUS =
      Stream.of("README.md", "core/A.java", "core/sub/B.java", "mail.zip!/a.eml", "mail.zip!/b.eml")
          .map(name -> outline(name, 1))
          .toList();

  private static Outline outline(String name, long hash) {
    var id = new DocumentId(name);
    return new Outline(id, List.of(new ChunkRef(id, 0, 7, 10, 1, 2, hash, 3)));
  }

  private static List<String> names(Division division) {
    return division.divide(CORPUS, Map.of()).stream().map(Unit::name).toList();
  }

  @Test
  void dividesByFileByFolderOrNotAtAll() {
    assertThat(names(new Division.PerDocument()))
        .containsExactly("README.md", "core/A.java", "core/sub/B.java", "mail.zip");
    assertThat(names(new Division.PerFolder(1))).containsExactly(".", "core");
    assertThat(names(new Division.PerFolder(2))).containsExactly(".", "core", "core/sub");
    assertThat(names(new Division.Whole())).containsExactly(".");
  }

  @Test
  void whatCouldNotBeReadIsAUnitWhereNothingElseIs() {
    Map<DocumentId, Outcome> outcomes =
        Map.of(
            new DocumentId("secret.pdf"), new Outcome.Encrypted(),
            new DocumentId("core/broken.pdf"), new Outcome.Failed("no PDF"),
            new DocumentId("logo.png"), new Outcome.Skipped("binary"));

    List<Unit> documents = new Division.PerDocument().divide(CORPUS, outcomes);
    List<Unit> folders = new Division.PerFolder(1).divide(CORPUS, outcomes);

    assertThat(documents)
        .extracting(Unit::problem)
        .containsExactly("", "", "failed: no PDF", "", "", "encrypted");
    assertThat(folders).extracting(Unit::problem).containsOnly("");
  }

  @Test
  void aUnitIsItsNamesAndContents() {
    Unit unit = new Unit("u", List.of(outline("a.md", 1)), "");

    assertThat(new Unit("u", List.of(outline("a.md", 1)), "").hash()).isEqualTo(unit.hash());
    assertThat(new Unit("u", List.of(outline("a.md", 2)), "").hash()).isNotEqualTo(unit.hash());
    assertThat(new Unit("u", List.of(outline("b.md", 1)), "").hash()).isNotEqualTo(unit.hash());
  }
}
