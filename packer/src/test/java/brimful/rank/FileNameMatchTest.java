package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FileNameMatchTest {
  private static final List<String> FILINGS =
      List.of(
          "pdfs/AMERICANWATERWORKS_2020_10K.pdf",
          "pdfs/AMERICANWATERWORKS_2021_10K.pdf",
          "pdfs/3M_2021_10K.pdf",
          "pdfs/3M_2023Q2_10Q.pdf");

  private static float[] scores(List<String> paths, String question) {
    return new FileNameMatch(paths).scores(QuestionWords.of(question));
  }

  private static List<String> said(List<String> paths, String question) {
    float[] scores = scores(paths, question);
    var order = new ArrayList<>(paths);
    order.removeIf(path -> scores[paths.indexOf(path)] == 0);
    order.sort(Comparator.comparingDouble(path -> -scores[paths.indexOf(path)]));
    return order;
  }

  @Test
  void findsNamesHoweverTheyAreSpaced() {
    float[] scores = scores(FILINGS, "What did American Water Works earn in FY2021?");

    assertThat(scores[1]).isGreaterThan(scores[0]).isGreaterThan(scores[2]);
    assertThat(scores[0]).isPositive();
    assertThat(scores[3]).isZero();
  }

  @Test
  void findsYearsAndQuartersApart() {
    float[] scores = scores(FILINGS, "3M's sales in Q2 of 2023");

    assertThat(scores[3]).isGreaterThan(scores[2]);
    assertThat(scores[0]).isZero();
  }

  @Test
  void prefersTheNameThatIsSaidWhole() {
    assertThat(
            said(
                List.of("client_exceptions.py", "client.py", "server.py"),
                "how does the client reconnect?"))
        .containsExactly("client.py", "client_exceptions.py");
  }

  @Test
  void findsWordsByTheirBeginnings() {
    assertThat(
            said(
                List.of("auth.go", "url_dispatcher.go", "config.go"),
                "URL dispatching, configuration and authentication"))
        .containsExactlyInAnyOrder("auth.go", "url_dispatcher.go", "config.go");
    assertThat(said(List.of("a.go", "in.go"), "indexing of arrays")).isEmpty();
  }

  @Test
  void letsTheFolderTellNamesakesApart() {
    assertThat(
            said(
                List.of("server/router.ts", "client/router.ts", "client/link.ts"),
                "the router of the client"))
        .containsExactly("client/router.ts", "server/router.ts");
  }

  @Test
  void namesAPackageFileByItsFolder() {
    assertThat(said(List.of("src/extract/mod.rs", "src/routing/mod.rs"), "the mod of rs"))
        .isEmpty();
    assertThat(said(List.of("src/extract/mod.rs", "src/routing/mod.rs"), "routing of requests"))
        .containsExactly("src/routing/mod.rs");
  }

  @Test
  void scoresNothingWhereNothingIsSaid() {
    assertThat(scores(FILINGS, "how are you")).containsOnly(0);
    assertThat(scores(List.of(), "how")).isEmpty();
    assertThat(scores(List.of("a.py", ".gitignore", "x/"), "???")).containsOnly(0);
  }
}
