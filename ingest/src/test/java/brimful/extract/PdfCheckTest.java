package brimful.extract;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static brimful.extract.Pdfs.line;
import static brimful.extract.Pdfs.pdf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.pdf.PageLines;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PdfCheckTest {
  @Test
  void countsPagesThatAreDrawnButHaveNoText() {
    String text = line(700, "One page of words.");

    assertThat(
            outcome(extract("a.pdf", pdf(text, "0 0 9 9 re f", "", "9 0 0 9 0 0 cm /I Do", text))))
        .isEqualTo("truncated: 3 of 5 pages (2 without text layer)");
    assertThat(outcome(extract("a.pdf", pdf(text, "")))).isEqualTo("indexed");
    assertThat(outcome(extract("a.pdf", pdf("0 0 9 9 re f")))).isEqualTo("skipped: no text layer");
  }

  @Test
  void readsTheFirstPagesOfAFileThatEndsEarly() {
    byte[] whole =
        pdf(
            line(700, "First page."),
            line(700, "Second page."),
            line(700, "Third page."),
            line(700, "Fourth."));
    String text = new String(whole, ISO_8859_1);
    byte[] cut = Arrays.copyOf(whole, text.indexOf("8 0 obj"));
    Extraction extraction = extract("a.pdf", cut);

    assertThat(shown(extraction)).isEqualTo("a.pdf p. 1: First page.\na.pdf p. 2: Second page.");
    assertThat(outcome(extraction)).isEqualTo("truncated: 2 of 4 pages (the file ends early)");
  }

  @Test
  void takesAFileThatIsFilledUpForWhole() {
    byte[] whole = pdf(line(700, "First page."));

    for (int nuls : new int[] {1, 4_000, 4_093, 4_094, 4_096, 9_000}) {
      byte[] filled = Arrays.copyOf(whole, whole.length + nuls);

      assertThat(outcome(extract("a.pdf", filled))).as("%s NULs", nuls).isEqualTo("indexed");
      assertThat(
              outcome(
                  extract(
                      "a.pdf",
                      Arrays.copyOf(Arrays.copyOf(whole, whole.length - 40), whole.length + nuls))))
          .as("%s NULs after a cut", nuls)
          .startsWith("truncated");
    }
  }

  @Test
  void readsPagesWhoseListIsLost() {
    byte[] whole = pdf(line(700, "First page."), line(700, "Second page."));
    String text = new String(whole, ISO_8859_1);
    String pages = text.substring(text.indexOf("3 0 obj"), text.indexOf("xref"));
    Extraction extraction = extract("a.pdf", ("%PDF-1.7\n" + pages).getBytes(ISO_8859_1));

    assertThat(shown(extraction)).isEqualTo("a.pdf p. 1: First page.\na.pdf p. 2: Second page.");
    assertThat(outcome(extraction)).isEqualTo("truncated: 2 pages, then: the file ends early");
  }

  @Test
  void readsThePagesOfAFileWhoseCatalogIsDamaged() {
    String text = new String(pdf(line(700, "one"), line(700, "two")), ISO_8859_1);
    byte[] damaged =
        text.replace("/Type/Catalog/Pages", "/Type/Catalog/Pxges").getBytes(ISO_8859_1);
    Extraction extraction = extract("a.pdf", damaged);

    assertThat(damaged).isNotEqualTo(text.getBytes(ISO_8859_1));
    assertThat(shown(extraction)).isEqualTo("a.pdf p. 1: one\na.pdf p. 2: two");
    assertThat(outcome(extraction)).startsWith("truncated: 2 pages, then: ");
  }

  @Test
  void writesAFalseBoldOnce() {
    String bold =
        line(700, "Bold heading")
            + "BT /F1 11 Tf 1 0 0 1 60.3 700 Tm (Bold heading) Tj ET\n"
            + line(680, "Once only.");

    assertThat(shown(extract("a.pdf", pdf(bold))))
        .contains(": Bold heading/")
        .contains("Once only.");
    assertThat(shown(extract("a.pdf", pdf(line(700, "couscous"))))).endsWith(": couscous");
  }

  @Test
  void readsALineThatStandsOnItsSide() {
    String turned = "BT /F1 11 Tf 0 1 -1 0 30 200 Tm (Downloaded from the library) Tj ET\n";

    assertThat(
            shown(
                extract("a.pdf", pdf(line(700, "Body text.") + turned + line(600, "More text.")))))
        .isEqualTo("a.pdf p. 1: Body text./More text.//Downloaded from the library");
  }

  @Test
  void aPdfForOwnersOfCertificatesIsEncrypted() {
    String text = new String(pdf(line(700, "Secret.")), ISO_8859_1);
    String encrypted =
        text.replace(
            "/Root 1 0 R",
            "/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s4/V 1/Length 40/Recipients[<00>]>>");

    assertThat(outcome(extract("a.pdf", encrypted.getBytes(ISO_8859_1)))).isEqualTo("encrypted");
  }

  @Test
  void leavesNoEmptyLineAfterEachLine() {
    String spaced = "a\n\n".repeat(9);

    assertThat(PageLines.dense(spaced)).isEqualTo("a\n".repeat(8) + "a");
    assertThat(PageLines.dense("a\nb\n\n".repeat(9))).isEqualTo("a\nb\n\n".repeat(9));
  }

  @Test
  void readsPagesWhoseWholeTextStandsOnItsSide() {
    var turned = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      turned.append(
          "BT /F1 11 Tf 0 1 -1 0 %s 200 Tm (Convolution of layer %s) Tj ET\n"
              .formatted(100 + 60 * i, i));
    }

    assertThat(shown(extract("a.pdf", pdf(turned.toString()))))
        .contains("Convolution of layer 0/Convolution of layer 1/");
  }

  @Test
  void readsAPdfBehindLinesForAPrinter() {
    byte[] pdf = pdf(line(700, "Invoice seven."));
    byte[] head = "%%BEGIN: TICKET\r\n%%GROUP: TEST\r\n".repeat(20).getBytes(ISO_8859_1);
    byte[] whole = Arrays.copyOf(head, head.length + pdf.length);
    System.arraycopy(pdf, 0, whole, head.length, pdf.length);

    assertThat(shown(extract("a.pdf", whole))).isEqualTo("a.pdf p. 1: Invoice seven.");
  }
}
