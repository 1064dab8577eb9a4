package brimful.extract.ole;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class OleParserTest {
  @Test
  void readsNotesWithoutTheSignsThatStandForThem() throws IOException {
    byte[] document;
    try (InputStream in =
        Objects.requireNonNull(OleParserTest.class.getResourceAsStream("notes.doc.gz"))) {
      document = new GZIPInputStream(in).readAllBytes();
    }

    assertThat(shown(extract("a.doc", document)))
        .contains("cost | 90 net", "See* here.", "excluding tax", "starred note")
        .doesNotContain("\ufffd");
  }
}
