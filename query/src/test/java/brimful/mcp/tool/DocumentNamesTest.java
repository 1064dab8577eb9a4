package brimful.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DocumentNamesTest {

  private static DocumentNames names(String... ids) {
    return new DocumentNames("docs", Set.of("kafka"), Stream.of(ids).map(DocumentId::new).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kafka/README.md | kafka/README.md",
        "README.md | kafka/README.md",
        "./README.md | kafka/README.md",
        "/kafka/README.md | kafka/README.md",
        "docs/README.md | kafka/docs/README.md",
        "R&amp;D.md | kafka/docs/R&D.md",
        "a:7.md | kafka/a:7.md",
      })
  void findsWhatIsMeant(String written, String id) {
    DocumentNames names =
        names("kafka/README.md", "kafka/docs/README.md", "kafka/docs/R&D.md", "kafka/a:7.md");

    assertThat(names.place(written))
        .isEqualTo(new DocumentNames.Place(new DocumentId(id)))
        .satisfies(place -> assertThat(place.isRange()).isFalse());
  }

  @Test
  void readsLinesBehindAName() {
    DocumentNames names = names("kafka/a.md");

    assertThat(names.place("a.md:12-40"))
        .isEqualTo(new DocumentNames.Place(new DocumentId("kafka/a.md"), 12, 40));
    assertThat(names.place("a.md:7"))
        .isEqualTo(new DocumentNames.Place(new DocumentId("kafka/a.md"), 7, 7));
    assertThat(names.place("a.md:12-40,7, 90-95").ranges())
        .containsExactly(
            new DocumentNames.Range(12, 40),
            new DocumentNames.Range(7, 7),
            new DocumentNames.Range(90, 95));
  }

  @Test
  void anEndThatSeveralHaveIsNotGuessed() {
    // Without a source, the first folder is a part of the path.
    DocumentNames names = names("docs/README.md", "a/b/README.md");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> names.place("README.md"))
        .withMessage(
            "2 documents end with README.md: say which, such as docs/README.md, a/b/README.md");
  }

  @Test
  void suggestsTheSameNameElsewhereAndWithAnotherEnding() {
    DocumentNames names = names("kafka/x/README.md", "kafka/readme.txt");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> names.place("y/README.md"))
        .withMessage(
            "collection docs has no document y/README.md: perhaps kafka/readme.txt, kafka/x/README.md");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> names.place("nothing"))
        .withMessage("collection docs has no document nothing: search for it");
  }
}
