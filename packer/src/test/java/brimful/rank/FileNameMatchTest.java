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
  void knowsACompanyFromWhatAllNamesShare() {
    var filings = new ArrayList<>(FILINGS);
    for (String company : List.of("NIKE", "ADOBE", "INTEL", "ORACLE")) {
      filings.add("pdfs/" + company + "_2021_10K.pdf");
      filings.add("pdfs/" + company + "_2022_10K.pdf");
    }

    assertThat(said(filings, "what did Nike earn in 2023"))
        .startsWith("pdfs/NIKE_2021_10K.pdf", "pdfs/NIKE_2022_10K.pdf");
    assertThat(said(filings, "what did Nike earn in 2021"))
        .startsWith("pdfs/NIKE_2021_10K.pdf", "pdfs/NIKE_2022_10K.pdf");
  }

  @Test
  void looksForTheReportOfTheLatestYear() {
    List<String> reports = List.of("Mill_2019.pdf", "Mill_2020.pdf", "Mill_2021.pdf");

    assertThat(said(reports, "how did the sales of Mill change from 2019 to 2021?").getFirst())
        .isEqualTo("Mill_2021.pdf");
    assertThat(said(reports, "the average of Mill in FY2021, FY2020 and FY2019").getFirst())
        .isEqualTo("Mill_2021.pdf");
    assertThat(said(reports, "the sales of Mill in 2019").getFirst()).isEqualTo("Mill_2019.pdf");
  }

  @Test
  void doesNotTakeADayForTheNumberOfAFile() {
    List<String> sessions = List.of("session_09.md", "session_10.md", "session_11.md", "12.md");

    assertThat(said(sessions, "what did Ann do on April 10?")).isEmpty();
    assertThat(said(sessions, "what did Ann do in session 10?")).startsWith("session_10.md");
    assertThat(said(sessions, "what is in 12?")).containsExactly("12.md");
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
