package brimful.extract.ole;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.poi.hwpf.HWPFDocument;
import org.junit.jupiter.api.Test;

final class OleParserTest {
  private static byte[] notes() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(OleParserTest.class.getResourceAsStream("notes.doc.gz"))) {
      return new GZIPInputStream(in).readAllBytes();
    }
  }

  @Test
  void doesNotTakeTheTitleOfItsPropertiesForText() throws Exception {
    String text = shown(extract("a.doc", notes()));
    var titled = new ByteArrayOutputStream();
    try (var document = new HWPFDocument(new ByteArrayInputStream(notes()))) {
      document.getSummaryInformation().setTitle("Untold");
      document.write(titled);
    }

    assertThat(text)
        .isEqualTo(
            "a.doc 1-9: cost | 90 net//See* here.// excluding tax//second para//** starred note");
    assertThat(shown(extract("a.doc", titled.toByteArray()))).isEqualTo(text);
  }

  @Test
  void readsNotesWithoutTheSignsThatStandForThem() throws IOException {
    assertThat(shown(extract("a.doc", notes())))
        .contains("cost | 90 net", "See* here.", "excluding tax", "starred note")
        .doesNotContain("\ufffd");
  }
}
