package brimful.extract.ocr;

import static brimful.extract.Extractions.extractSeen;
import static brimful.extract.Extractions.members;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Picture;
import brimful.corpus.UserError;
import brimful.extract.Extraction;
import brimful.extract.Section;
import brimful.secret.SecretMask;
import brimful.testing.Pictures;
import brimful.testing.Seeds;
import brimful.token.Tokenizers;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What models see of images and scans.
final class PictureExtractionTest {
  @TempDir private Path cache;

  private static List<Picture> pictures(Extraction extraction) {
    return extraction.texts().stream()
        .flatMap(text -> text.sections().stream())
        .map(Section::picture)
        .toList();
  }

  @Test
  void withoutOcrAnImageIsItsPicture() {
    Extraction extraction = extractSeen("plan.png", Pictures.file(1, 300, 200, "png"), Ocr.off());

    assertThat(shown(extraction)).isEqualTo("plan.png 1-1: (picture, 300 × 200)");
    assertThat(outcome(extraction)).isEqualTo("indexed: as picture");
    assertThat(pictures(extraction)).singleElement().matches(it -> it.size().width() == 300);
  }

  @Test
  void withoutOcrScannedPagesArePicturesAtTheirPlace() throws IOException {
    Extraction extraction =
        extractSeen("a.pdf", Scans.pdf("First page.", "scan:Second", "Third page."), Ocr.off());

    assertThat(shown(extraction).lines().map(line -> line.replaceAll("\\d+ × \\d+", "n × m")))
        .containsExactly(
            "a.pdf p. 1: First page.", "a.pdf p. 2: (picture, n × m)", "a.pdf p. 3: Third page.");
    assertThat(outcome(extraction)).isEqualTo("indexed: 1 of 3 pages as pictures");
    Picture page = pictures(extraction).get(1);
    assertThat(pictures(extraction)).extracting(Picture::isNone).containsExactly(true, false, true);
    assertThat(Math.max(page.size().width(), page.size().height()))
        .isBetween(1_500, Picture.SIDE_MAX);
    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(page.bytes()));
    assertThat(dark(seen)).as("the scan's letters").isPositive();
  }

  private static long dark(BufferedImage image) {
    long dark = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        dark += (image.getRGB(x, y) & 0xff) < 80 ? 1 : 0;
      }
    }
    return dark;
  }

  @Test
  void imagesInArchivesAreKeptAndIconsAreNot() throws IOException {
    var zip = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("photo.jpg"));
      out.write(Pictures.file(2, 640, 480, "jpg"));
      out.putNextEntry(new ZipEntry("icon.png"));
      out.write(Pictures.file(3, 16, 16, "png"));
    }

    Extraction extraction = extractSeen("a.zip", zip.toByteArray(), Ocr.off());

    assertThat(members(extraction))
        .containsEntry("a.zip!/photo.jpg", "indexed: as picture")
        .containsEntry("a.zip!/icon.png", "skipped: image too small or narrow for words");
  }

  @Test
  void whatIsOnlyNamedLikeAnImageIsWhatItIs() {
    byte[] pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] notes = "The valve is green.\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    for (String name : List.of("plan.png", "plan.mp4", "notes.png.txt")) {
      assertThat(outcome(extractSeen(name, pointer, Ocr.off())))
          .isEqualTo("skipped: git lfs pointer");
      assertThat(shown(extractSeen(name, notes, Ocr.off())))
          .isEqualTo(name + " 1-1: The valve is green./");
    }
    assertThat(outcome(extractSeen("logo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G'}, Ocr.off())))
        .isEqualTo("failed: damaged image: it begins like none");
    byte[] cut = Arrays.copyOf(Pictures.file(1, 300, 200, "png"), 60);
    assertThat(outcome(extractSeen("cut.png", cut, Ocr.off()))).startsWith("failed: ");
  }

  @Test
  void readsBothKindsOfWebp() {
    String lossless =
        "UklGRjQAAABXRUJQVlA4TCcAAAAvf8AXAA8w//M///MfeFATAAlDA/q3oRmoBcYV0f8J8AITU4f13QEA";
    String lossy =
        "UklGRmgAAABXRUJQVlA4IFwAAACQBgCdASqAAGAAPxGEulY/qKWjp0gD8CIJaQAAN2O89N+EY+1hOPo8IFYv46IAZMqVJYS9Tz07tY3WsbmgAP7wC0bJ7+UsFzf34D9YAbpN3+9124AdYfAAAAAAAA==";
    for (String file : List.of(lossless, lossy)) {
      byte[] webp = java.util.Base64.getDecoder().decode(file);
      Extraction extraction = extractSeen("plan.webp", webp, Ocr.off());

      assertThat(outcome(extraction)).isEqualTo("indexed: as picture");
      assertThat(pictures(extraction)).singleElement().matches(it -> it.size().width() == 128);
      assertThat(outcome(extractSeen("cut.webp", Arrays.copyOf(webp, 40), Ocr.off())))
          .startsWith("failed: ");
    }
  }

  @Test
  void ocrAndPictureGoTogether() {
    Ocr ocr =
        Ocr.of(
            Map.of("PATH", System.getenv().getOrDefault("PATH", ""), Ocr.LANGUAGES, "eng"), cache);
    assumeTrue(ocr.isOn());

    Extraction words =
        extractSeen("a.png", Scans.image("png", Scans.picture("The pump costs 400 euros.")), ocr);
    Extraction photo =
        extractSeen(
            "b.png",
            Scans.image("png", new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB)),
            ocr);

    assertThat(shown(words)).isEqualTo("a.png 1-1: The pump costs 400 euros.");
    assertThat(outcome(words)).isEqualTo("indexed: by OCR");
    assertThat(pictures(words)).noneMatch(Picture::isNone);
    assertThat(outcome(photo)).isEqualTo("indexed: as picture");
  }

  @Test
  void aPictureOfASecretIsNotShown() {
    var key = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    List<Section> sections =
        List.of(
            new Section(
                new Locator.Page(1), "token: " + key, "", List.of(), Pictures.of(1, 40, 40)),
            new Section(new Locator.Page(2), "nothing", "", List.of(), Pictures.of(2, 40, 40)));

    List<Section> masked = new SecretMask().masked(new DocumentId("a.pdf"), sections);

    assertThat(masked.get(0).text()).doesNotContain(key);
    assertThat(masked).extracting(s -> s.picture().isNone()).containsExactly(true, false);
  }

  @Test
  void theFirstChunkOfAPageHasItsPicture() {
    var chunker = new Chunker(Tokenizers.named("estimate"), ChunkLimits.DEFAULT);
    Section page =
        new Section(
            new Locator.Page(1),
            "A sentence of some words.\n\n".repeat(400),
            "",
            List.of(),
            Pictures.of(1, 40, 40));

    List<Chunk> chunks =
        chunker.chunk(new DocumentId("a.pdf"), List.of(page, page)).orElseThrow().chunks();

    assertThat(chunks.size()).isGreaterThan(2);
    assertThat(chunks.getFirst().picture().isNone()).isFalse();
    assertThat(chunks.stream().filter(chunk -> !chunk.picture().isNone())).hasSize(2);
  }

  @Seeds
  void everyImageFits(long seed) throws IOException {
    var random = new Random(seed);
    var noise =
        new BufferedImage(
            1 + random.nextInt(2_600), 1 + random.nextInt(2_600), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < noise.getHeight(); y++) {
      for (int x = 0; x < noise.getWidth(); x++) {
        noise.setRGB(x, y, random.nextInt());
      }
    }

    Picture picture = PictureEncoder.of(noise);

    assertThat(picture.bytes().length).isLessThanOrEqualTo(Picture.BYTES_MAX);
    assertThat(Math.max(picture.size().width(), picture.size().height()))
        .isLessThanOrEqualTo(Picture.SIDE_MAX);
    assertThat(PictureEncoder.of(noise)).isEqualTo(picture);
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
    assertThat(back.getWidth()).isEqualTo(picture.size().width());
  }

  @Test
  void saysWhichModesThereAre() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ImageMode.of("some"))
        .withMessage("--images (BRIMFUL_IMAGES) \"some\": say off, auto or all");
  }
}
