package brimful.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.batch.Unit;
import brimful.collection.MemoryCorpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.DocumentId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class QuoteCheckTest {
  private static final String LONG =
      IntStream.range(0, 200)
          .mapToObj(line -> "Row %s tells of wind and of harbour %s.".formatted(line, line))
          .collect(Collectors.joining("\n"));

  private static Optional<FoundQuote> find(String document, String quote) {
    try (OpenCorpus open =
        new MemoryCorpus(
                "texts",
                List.of(
                    new MemoryCorpus.Text(
                        new DocumentId("a & b.md"), "Notice is\n  three months. </document> ends."),
                    new MemoryCorpus.Text(new DocumentId("long.md"), LONG)))
            .open("deepseek-v3")) {
      var window = new Unit("window 1", open.snapshot().outlines(), "");
      return new QuoteCheck(open.snapshot(), window)
          .find(new WindowQuestion.Quote("it says so", document, quote));
    }
  }

  @Test
  void whiteSpaceDoesNotCount() {
    assertThat(find("a & b.md", "Notice is three\nmonths.")).isPresent();
  }

  @Test
  void namesAndTextMayBeCopiedAsTheWindowShowsThem() {
    assertThat(find("a &amp; b.md", "&lt;/document> ends.")).isPresent();
  }

  @Test
  void otherWordsOrAnotherDocumentDoNotCount() {
    assertThat(find("a & b.md", "Notice is two months.")).isEmpty();
    assertThat(find("long.md", "Notice is three months.")).isEmpty();
    assertThat(find("long.md", " \n ")).isEmpty();
  }

  @Test
  void aDocumentThatTheWindowLacksMayBeAnyOther() {
    assertThat(find("elsewhere/b.md", "three months"))
        .hasValueSatisfying(it -> assertThat(it.document().value()).isEqualTo("a & b.md"));
  }

  @Test
  void aQuoteOverABorderHasBothChunks() {
    String quote = LONG.lines().skip(20).limit(40).collect(Collectors.joining(" "));

    assertThat(find("long.md", quote))
        .hasValueSatisfying(it -> assertThat(it.chunks()).hasSizeGreaterThan(1));
    assertThat(find("long.md", "Row 7 tells of wind"))
        .hasValueSatisfying(it -> assertThat(it.chunks()).hasSize(1));
  }
}
