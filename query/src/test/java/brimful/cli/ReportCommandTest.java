package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("=SUM(A1).md"), "# A name that looks like a formula\n");
    Files.writeString(corpus.resolve("yarn.lock"), "lock\n");
    try (OutputStream file = Files.newOutputStream(corpus.resolve("mixed.zip"));
        var zip = new ZipOutputStream(file)) {
      put(zip, "notes/read.txt", "some words\n".getBytes(StandardCharsets.UTF_8));
      put(zip, "plan.png", plan());
      put(zip, "yarn.lock", "lock\n".getBytes(StandardCharsets.UTF_8));
      put(zip, "broken.pdf", "%PDF-1.7\nnothing".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static byte[] plan() throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY), "png", out);
    return out.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private Shell.Result run(String... words) {
    return new Shell(folder.resolve("home")).run(words);
  }

  private String corpus() {
    return folder.resolve("corpus").toString();
  }

  @Test
  void ocrIsOffAutomaticOrForced() {
    assertThat(run("report", corpus(), "--ocr", "maybe"))
        .isEqualTo(
            new Shell.Result(
                ExitCode.USAGE,
                "",
                "brimful: --ocr (BRIMFUL_OCR) \"maybe\": say off, auto or force\n"));
    assertThat(run("report", corpus(), "--ocr", "force").err())
        .isEqualTo(
            "brimful: --ocr force, and no tesseract on the path: install tesseract-ocr, or leave the option out\n");
  }

  @Test
  void everyFileAndMemberHasALine() {
    Shell.Result report = run("report", corpus());

    assertThat(report.out().lines().map(line -> line.replaceAll("(failed.*?pdf: ).*", "$1…")))
        .containsExactly(
            "indexed   =SUM(A1).md",
            "indexed   mixed.zip",
            "failed    mixed.zip!/broken.pdf: …",
            "indexed   mixed.zip!/notes/read.txt",
            "skipped   mixed.zip!/plan.png: image too small or narrow for words",
            "skipped   mixed.zip!/yarn.lock: lock",
            "skipped   yarn.lock: lock");
    assertThat(report.err())
        .contains("3 files found: 2 indexed, 0 truncated, 1 skipped, 0 encrypted, 0 failed")
        .contains("4 members found: 1 indexed, 0 truncated, 2 skipped, 0 encrypted, 1 failed");
    assertThat(report.code()).isEqualTo(ExitCode.UNREAD);
  }

  @Test
  void theStatesThatEndWithACodeAreAChoice() {
    assertThat(run("report", corpus(), "--fail-on", "none").code()).isEqualTo(ExitCode.OK);
    assertThat(run("report", corpus(), "--fail-on", "encrypted,truncated").code())
        .isEqualTo(ExitCode.OK);
    assertThat(run("report", corpus(), "--fail-on", "skipped").code()).isEqualTo(ExitCode.UNREAD);

    Shell.Result typo = run("report", corpus(), "--state", "broken");

    assertThat(typo.code()).isEqualTo(ExitCode.USAGE);
    assertThat(typo.err())
        .contains("--state broken: say indexed, truncated, skipped, encrypted, failed");
  }

  @Test
  void tablesAreForSpreadsheetsAndScripts() throws IOException {
    Shell.Result csv =
        run("report", corpus(), "--format", "csv", "--state", "indexed", "--fail-on=none");
    Shell.Result json = run("report", corpus(), "--format", "json", "--state", "skipped");

    assertThat(csv.out())
        .isEqualTo(
            """
            kind,id,state,cause
            file,"'=SUM(A1).md",indexed,
            file,mixed.zip,indexed,
            member,"mixed.zip!/notes/read.txt",indexed,
            """
                .replace("\n", "\r\n"));
    JsonNode tree = new ObjectMapper().readTree(json.out());
    assertThat(tree.path("members").toString())
        .isEqualTo(
            """
            {"found":4,"indexed":1,"truncated":0,"skipped":2,"encrypted":0,"failed":1}\
            """);
    assertThat(tree.path("entries")).hasSize(3);
    assertThat(tree.path("entries").path(0).toString())
        .isEqualTo(
            """
            {"kind":"member","id":"mixed.zip!/plan.png","state":"skipped","cause":"image too small or narrow for words"}\
            """);
  }

  @Test
  void whatFailedIsReadAgainOnRequest() throws IOException {
    Path whole = folder.resolve("corpus/whole.pdf");
    Files.writeString(whole, "%PDF-1.7\nnothing");
    // Files count as unchanged once they are older than the clock of a file system is coarse.
    try (Stream<Path> files = Files.list(folder.resolve("corpus"))) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
      }
    }
    run("report", corpus());

    Shell.Result again = run("report", corpus(), "--retry-failed");
    Shell.Result unchanged = run("report", corpus());

    assertThat(again.err()).contains("1 file was read now");
    assertThat(unchanged.err()).contains("0 files were read now");
    assertThat(run("report", "--collection", "docs", "--retry-failed").err())
        .contains("dead-letters redrive");
  }
}
