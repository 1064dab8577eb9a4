package brimful.extract.ocr;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import brimful.source.Rule;
import brimful.source.Rules;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// OCR with a program in Tesseract's place, which counts its calls, fails or hangs.
final class OcrTest {
  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();

  /// @param read what the program does with a picture, `$1`
  private Ocr ocr(String read) throws IOException {
    String script =
        """
        #!/bin/sh
        case $1 in
        --version) echo 'tesseract 9.9.9' ;;
        --list-langs) printf 'List of languages (3):\\neng\\nosd\\nyid\\n' ;;
        *) echo "$@" >>%s
        %s ;;
        esac
        """
            .formatted(calls(), read);
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path program = bin.resolve("tesseract");
    Files.writeString(program, script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    environment.put("PATH", bin.toString());
    return Ocr.of(environment, folder.resolve("cache"));
  }

  private Path calls() {
    return folder.resolve("calls");
  }

  @Test
  void readsAPictureOnce() throws IOException {
    Ocr ocr = ocr("echo read");
    var image = new GrayImage(2, 1, 300, new byte[] {0, 1});

    assertThat(ocr.text(image)).isEqualTo("read\n");
    assertThat(ocr.text(image)).isEqualTo("read\n");
    assertThat(ocr.text(new GrayImage(1, 2, 300, new byte[] {0, 1}))).isEqualTo("read\n");
    assertThat(Files.readAllLines(calls()))
        .hasSize(2)
        .allMatch(call -> call.endsWith("page.pgm stdout -l eng+yid --psm 1 --dpi 300"));
  }

  @Test
  void anotherVersionOrLanguageReadsAgain() throws IOException {
    var image = new GrayImage(2, 1, 300, new byte[] {0, 1});
    ocr("echo both").text(image);
    environment.put(Ocr.LANGUAGES, "yid");

    assertThat(ocr("echo one").text(image)).isEqualTo("one\n");
  }

  @Test
  void emptyPlacesBetweenLanguagesAreLeftOut() throws IOException {
    environment.put(Ocr.LANGUAGES, " yid + ");

    String _ = ocr("echo read").text(new GrayImage(2, 1, 300, new byte[] {0, 1}));

    assertThat(Files.readString(calls())).contains(" -l yid --psm");
  }

  @Test
  void tellsTheResolutionOfAnImageOrAMiddlingOne() throws IOException {
    BufferedImage picture = Scans.picture("Words");

    var read = extract("a.png", Scans.png(picture, 200), ocr("echo read"));
    var unknown = extract("b.png", Scans.image("png", picture), ocr("echo read"));

    assertThat(outcome(read)).isEqualTo("indexed: by OCR");
    assertThat(outcome(unknown)).isEqualTo("indexed: by OCR");
    assertThat(Files.readAllLines(calls()))
        .satisfiesExactly(
            call -> assertThat(call).endsWith("--dpi 200"),
            call -> assertThat(call).endsWith("--dpi 150"));
  }

  @Test
  void aPageThatCannotBeReadIsMissingAndSaid() throws IOException {
    byte[] pdf = Scans.pdf("First page.", "scan:Second page");

    assertThat(outcome(extract("a.pdf", pdf, ocr("echo no memory >&2; exit 3"))))
        .isEqualTo("truncated: 0 of 1 scanned page (OCR: Tesseract ended with code 3: no memory)");
    assertThat(outcome(extract("a.pdf", Scans.pdf("scan:All"), ocr("exit 3"))))
        .isEqualTo("failed: OCR: Tesseract ended with code 3: ");
  }

  @Test
  void aPageKeepsItsTextLayerWhereForcedOcrFindsNone() throws IOException {
    environment.put(Ocr.MODE, "force");
    byte[] pdf = Scans.pdf("First page.", "Second page.");

    var blank = extract("a.pdf", pdf, ocr("echo"));
    var failed = extract("b.pdf", pdf, ocr("exit 3"));

    assertThat(shown(blank)).isEqualTo("a.pdf p. 1: First page.\na.pdf p. 2: Second page.");
    assertThat(outcome(blank)).isEqualTo("indexed: 2 of 2 pages by OCR (2 with its text layer)");
    assertThat(shown(failed)).isEqualTo("b.pdf p. 1: First page.\nb.pdf p. 2: Second page.");
  }

  @Test
  void aPageThatTakesTooLongIsGivenUp() throws IOException {
    environment.put(Ocr.SECONDS, "1");

    assertThat(outcome(extract("a.pdf", Scans.pdf("scan:All"), ocr("exec sleep 100"))))
        .isEqualTo("failed: OCR: no end after 1 s");
  }

  @Test
  void nothingIsReadWhereItIsOffOrNotInstalled() throws IOException {
    environment.put(Ocr.MODE, "off");
    Ocr off = ocr("echo read");
    environment.remove(Ocr.MODE);
    environment.put("PATH", folder.toString());
    Ocr missing = Ocr.of(environment, folder);

    assertThat(off.isOn()).isFalse();
    assertThat(missing.isOn()).isFalse();
    assertThat(missing.rules(Rules.standard())).isEqualTo(Rules.standard());
    assertThat(ocr("echo read").rules(Rules.standard()).has(Rule.IMAGES)).isFalse();
    assertThat(calls()).doesNotExist();
  }

  @Test
  void whatCannotBeHadIsRefusedInALine() throws IOException {
    Ocr _ = ocr("echo read");

    environment.put(Ocr.LANGUAGES, "eng+tlh");
    assertThatThrownBy(() -> Ocr.of(environment, folder))
        .isInstanceOf(UserError.class)
        .hasMessage("Tesseract has no language \"tlh\": install it, or name some of eng, osd, yid");
    environment.remove(Ocr.LANGUAGES);
    environment.put(Ocr.SECONDS, "soon");
    assertThatThrownBy(() -> Ocr.of(environment, folder))
        .hasMessage("BRIMFUL_OCR_SECONDS \"soon\": give the seconds for a page, 1 to 3600");
    environment.put(Ocr.MODE, "force");
    environment.put("PATH", folder.toString());
    environment.put(Ocr.SECONDS, "60");
    assertThatThrownBy(() -> Ocr.of(environment, folder))
        .hasMessage(
            "--ocr force, and no tesseract on the path: install tesseract-ocr, or leave the option out");
    environment.put(Ocr.MODE, "maybe");
    assertThatThrownBy(() -> Ocr.of(environment, folder))
        .hasMessage("--ocr (BRIMFUL_OCR) \"maybe\": say off, auto or force");
  }

  @Test
  void aFullCacheLosesItsOlderHalf() throws IOException {
    var cache = new OcrCache(folder.resolve("few"), 4);
    for (int i = 0; i < 4; i++) {
      cache.put("0" + i, "text " + i);
      assertThat(
              folder.resolve("few/0%s/0%s.txt".formatted(i, i)).toFile().setLastModified(i * 1000L))
          .isTrue();
    }

    new OcrCache(folder.resolve("few"), 4).put("05", "new");

    assertThat(cache.text("01")).isEmpty();
    assertThat(cache.text("02")).contains("text 2");
    assertThat(cache.text("05")).contains("new");
  }
}
