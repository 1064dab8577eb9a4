package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tree of files in a window, and files by their outlines.
final class WindowFormTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    for (int i = 0; i < 40; i++) {
      var text = new StringBuilder("class Part%s {\n".formatted(i));
      for (int line = 0; line < 12; line++) {
        String body = "    count(%s);\n".formatted(line).repeat(12);
        text.append(
            "  int value%s_%s() {\n%s    return %s;\n  }\n".formatted(i, line, body, line * i));
      }
      write(String.format(Locale.ROOT, "src/deep/er/Part%02d.java", i), text + "}\n");
    }
    write("README.md", "# Parts\n\nSome prose about parts.\n\n## Use\n\nNot at all.\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve("corpus").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Shell.Result pack(String... words) {
    var all =
        new ArrayList<>(
            List.of(
                "pack",
                folder.resolve("corpus").toString(),
                "--receipt",
                folder.resolve("receipt.json").toString()));
    all.addAll(List.of(words));
    Shell.Result result = new Shell(folder.resolve("home")).run(all.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return result;
  }

  private JsonNode receipt() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("receipt.json").toFile());
  }

  @Test
  void theTreeListsFoldersAndFilesWithTheirTokens() throws IOException {
    Shell.Result result = pack("--tree");

    JsonNode tree = receipt().path("documents").path(0);
    assertThat(tree.path("id").textValue()).isEqualTo("file-tree");
    assertThat(result.out())
        .containsPattern(
            "<document path=\"file-tree\"[^>]*>\n<chunk lines=\"1-\\d+\">\nREADME.md  \\d+\n")
        .containsPattern("\nsrc/  \\d+\n  deep/  \\d+\n    er/  \\d+\n      Part00.java  \\d+\n");
    assertThat(receipt().path("prompt_tokens").intValue())
        .isEqualTo(Tokenizers.named("deepseek-v3").count(result.out()));
    assertThat(result.err()).containsPattern("note +tree: [\\d,]+ tokens\n");
  }

  @Test
  void aTreeLargerThanItsShareIsCutAndSaysSo() throws IOException {
    Shell.Result result = pack("--tree", "--budget", "2k");

    assertThat(receipt().path("prompt_tokens").intValue()).isLessThanOrEqualTo(2_000);
    assertThat(receipt().path("documents").path(0).path("tokens").intValue())
        .isLessThanOrEqualTo(200);
    assertThat(result.out()).containsPattern("    er/  \\d+ in 40 files\n");
    assertThat(result.err())
        .contains("tree: folders below depth 2 are one line each, as it has a tenth of the budget");
  }

  @Test
  void oneFolderWithTooManyFilesShowsTheFirst() throws IOException {
    for (int i = 0; i < 200; i++) {
      write(String.format(Locale.ROOT, "file%03d.txt", i), "x\n");
    }

    Shell.Result result = pack("--tree", "--budget", "4k");

    assertThat(result.out()).containsPattern("\nfile0\\d\\d.txt  \\d+\n… and \\d+ more\n");
    assertThat(result.err()).contains("tree: the first files and folders only");
    assertThat(receipt().path("prompt_tokens").intValue()).isLessThanOrEqualTo(4_000);
  }

  @Test
  void compressedFilesShowSignaturesAndHeadings() throws IOException {
    for (String format : List.of("xml", "markdown", "json")) {
      Shell.Result result = pack("--compress", "--format", format);

      assertThat(result.out())
          .contains("class Part7 {", "int value7_11() {", "# Parts", "## Use")
          .doesNotContain("return 77;");
      assertThat(receipt().path("prompt_tokens").intValue())
          .as(format)
          .isEqualTo(Tokenizers.named("deepseek-v3").count(result.out()));
    }
    long compressed = receipt().path("prompt_tokens").longValue();
    pack();
    assertThat(receipt().path("prompt_tokens").longValue()).isGreaterThan(compressed);
  }

  @Test
  void compressedFilesStayWithinTheBudgetTheRelevantFirst() throws IOException {
    Shell.Result result = pack("--compress", "--budget", "2k", "-q", "what does value31_7 return?");

    assertThat(receipt().path("prompt_tokens").intValue()).isLessThanOrEqualTo(2_000);
    assertThat(result.out()).contains("int value31_7() {");
    assertThat(receipt().path("left_out").toString()).contains("\"outline\"");
  }
}
