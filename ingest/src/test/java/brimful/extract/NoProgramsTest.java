package brimful.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.source.Rules;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No document makes a parser start a program, though Tika would start several if it found them:
/// programs of their names lie first on the path here, and note that they were started.
final class NoProgramsTest {
  private static final List<String> PROGRAMS =
      List.of(
          "tesseract",
          "ffmpeg",
          "ffprobe",
          "exiftool",
          "sox",
          "soxi",
          "convert",
          "magick",
          "gdalinfo",
          "file",
          "strings",
          "unrar",
          "python",
          "python3",
          "sh");

  @TempDir Path folder;

  @Test
  void parsersStartNoProgram() throws IOException, InterruptedException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Path started = folder.resolve("started");
    Path trap = Files.createDirectories(folder.resolve("trap"));
    for (String program : PROGRAMS) {
      Path file =
          Files.writeString(
              trap.resolve(program), "#!/bin/sh\necho $0 >> '%s'\n".formatted(started));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    assertThat(run(trap, "parse")).contains("12 outcomes");
    assertThat(started).doesNotExist();

    assertThat(run(trap, "control")).contains("12 outcomes");
    assertThat(started).as("the trap works").content().contains("tesseract");
  }

  private static String run(Path trap, String mode) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                NoProgramsTest.class.getName(),
                mode)
            .redirectErrorStream(true);
    builder.environment().put("PATH", trap.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return said;
  }

  /// Parses everything as a parser process does, but with a path.
  public static void main(String[] words) throws IOException, InterruptedException {
    ExtractLimits limits = ExtractLimits.standard();
    int outcomes = 0;
    for (Map.Entry<String, byte[]> sample : samples().entrySet()) {
      Ending _ =
          new TikaParser(limits, Rules.standard(), new Allowance(limits), 0)
              .parse(
                  new DocumentId(sample.getKey()),
                  new ByteArrayInputStream(sample.getValue()),
                  new Ignoring());
      outcomes++;
    }
    if (words[0].equals("control")) {
      new ProcessBuilder("tesseract").start().waitFor();
    }
    System.out.println(outcomes + " outcomes");
  }

  private static final class Ignoring implements TextSink {
    @Override
    public void text(DocumentId id, List<Section> sections) {}

    @Override
    public void member(Item.Member member) {}
  }

  private static Map<String, byte[]> samples() throws IOException {
    var samples = new LinkedHashMap<String, byte[]>();
    byte[] png = png();
    byte[] mp4 = ("\0\0\0\u0018ftypmp42\0\0\0\0mp42isom" + "\0".repeat(200)).getBytes(UTF_8);
    samples.put("a.png", png);
    samples.put("a.mp4", mp4);
    samples.put("a.wav", ("RIFF\0\1\0\0WAVEfmt " + "\0".repeat(200)).getBytes(UTF_8));
    samples.put("a.tif", ("II*\0\b\0\0\0" + "\0".repeat(200)).getBytes(UTF_8));
    samples.put("a.pdf", Samples.pdf("One", ""));
    samples.put("a.docx", pictured(png));
    samples.put("a.xls", embedded(png, mp4));
    samples.put("a.pptx", Samples.pptx("One"));
    samples.put("a.epub", Samples.epub());
    samples.put("a.eml", Samples.eml("See the film", "film.mp4", mp4));
    samples.put("a.zip", Samples.zip(Map.of("a.png", png, "a.mp4", mp4, "b.txt", png)));
    samples.put("a.html", "<html><body><img src='a.png'>A page</body></html>".getBytes(UTF_8));
    return samples;
  }

  private static byte[] png() throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  private static byte[] pictured(byte[] png) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var document = new XWPFDocument()) {
      document
          .createParagraph()
          .createRun()
          .addPicture(new ByteArrayInputStream(png), XWPFDocument.PICTURE_TYPE_PNG, "a.png", 9, 9);
      document.write(out);
    } catch (org.apache.poi.openxml4j.exceptions.InvalidFormatException e) {
      throw new IOException(e);
    }
    return out.toByteArray();
  }

  /// Returns an OLE document with a picture and two packages in it.
  private static byte[] embedded(byte[] png, byte[] mp4) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var workbook = new HSSFWorkbook()) {
      var sheet = workbook.createSheet("One");
      sheet.createRow(0).createCell(0).setCellValue("tea");
      int picture = workbook.addPicture(png, HSSFWorkbook.PICTURE_TYPE_PNG);
      var drawing = sheet.createDrawingPatriarch();
      drawing.createPicture(drawing.createAnchor(0, 0, 0, 0, 1, 1, 3, 3), picture);
      for (var part : Map.of("film.mp4", mp4, "plan.png", png).entrySet()) {
        int id =
            workbook.addOlePackage(part.getValue(), part.getKey(), part.getKey(), part.getKey());
        drawing.createObjectData(drawing.createAnchor(0, 0, 0, 0, 1, 4, 3, 6), id, picture);
      }
      workbook.write(out);
    }
    return out.toByteArray();
  }
}
