package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.FakeLlamaCpp;
import brimful.testing.Script;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
  @TempDir Path folder;

  private Shell shell() {
    return new Shell(folder.resolve("home"));
  }

  @Test
  void helpNamesEveryCommandAndEveryExitCode() {
    String help = shell().run("--help").out();

    assertThat(help).contains("ask", "pack", "tokens", "models", "config", "dev-broker");
    for (ExitCode code : ExitCode.values()) {
      assertThat(help)
          .contains(String.format(Locale.ROOT, "  %-4d %s", code.number(), code.meaning()));
    }
  }

  @Test
  void aSessionNeedsATerminal() {
    assertThat(shell().run().out()).isEqualTo(shell().run("--help").out());

    Shell.Result result = shell().run("chat");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualTo(
            "brimful: brimful chat needs a terminal for its input and output: use brimful ask PATH \"QUESTION\" here\n");
  }

  @Test
  void aSessionIsAboutWhatIsThere() {
    Shell.Result result =
        shell().with("BRIMFUL_INTERACTIVE", "1").run("chat", folder.resolve("gone").toString());

    assertThat(result.code()).isEqualTo(ExitCode.NO_INPUT);
    assertThat(result.err())
        .endsWith("gone\" is no file or folder: name one, a repository or an address\n");
  }

  @Test
  void everyCommandHasHelpWithItsOptions() {
    for (String command : List.of("ask", "pack", "tokens", "models", "config", "dev-broker")) {
      String help = shell().run(command, "--help").out();

      assertThat(help).startsWith("brimful " + command);
    }
    assertThat(shell().run("pack", "--help").out())
        .contains("--budget N", "gitignore", "--receipt FILE");
  }

  /// None of these stops by itself, so a word that was ignored would never be noticed.
  @Test
  void refusesWordsThatACommandDoesNotTake() {
    for (String command :
        List.of("serve", "worker", "index-worker", "status", "dev-broker", "doctor")) {
      Shell.Result result = shell().run(command, "~/documents");

      assertThat(result.code()).as(command).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).as(command).contains("\"~/documents\" is one");
    }
    assertThat(shell().run("serve", "docs").err()).contains("--roots docs");
  }

  @Test
  void warnsOfADefaultModelThatNobodyHas() {
    Shell.Result set = shell().run("config", "set", "model", "nope");

    assertThat(set.code()).isEqualTo(ExitCode.OK);
    assertThat(set.err())
        .contains(
            "nope is set, but for now no model is called \"nope\": `brimful models` lists all");
    assertThat(shell().run("explain", folder.toString(), "why?").err())
        .contains("set by brimful config set model");
  }

  @Test
  void tokensPrintsOneLineAFileAndTheTotal() throws IOException {
    Path a = Files.writeString(folder.resolve("a.txt"), "Hello world");
    Path b = Files.writeString(folder.resolve("b.txt"), "Hello");

    assertThat(shell().run("tokens", a.toString(), b.toString()).out())
        .isEqualTo("2\t%s\n1\t%s\n3\ttotal\n".formatted(a, b));
    assertThat(shell().fed("Hello world", "tokens", "-").out()).isEqualTo("2\t-\n2\ttotal\n");
  }

  @Test
  void whoTypesIsToldWhatIsRead() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "Hello world");
    Shell typing = shell().with("BRIMFUL_INTERACTIVE", "1");

    assertThat(typing.fed("Hello", "tokens").err())
        .isEqualTo("reading the text to count from standard input: end it with Ctrl-D\n");
    assertThat(typing.fed("Hello", "pack", "-").err())
        .startsWith(
            "reading a document or a list of files from standard input: end it with Ctrl-D\n");
    assertThat(typing.fed("Hello?", "pack", file.toString(), "-q", "-").err())
        .startsWith("reading the question from standard input: end it with Ctrl-D\n");
    assertThat(typing.run("tokens", file.toString()).err()).isEmpty();
    assertThat(shell().fed("Hello", "tokens").err()).isEmpty();
  }

  @Test
  void countsAnImageByTheModelsFormula() throws IOException {
    Path image = folder.resolve("plan.png");
    ImageIO.write(new BufferedImage(640, 480, BufferedImage.TYPE_BYTE_GRAY), "png", image.toFile());

    assertThat(shell().run("tokens", image.toString()).out()).startsWith("206\t");
    assertThat(shell().run("tokens", "--model", "gpt-5", image.toString()).out())
        .startsWith("350\t");
    assertThat(shell().run("tokens", "--model", "deepseek-v4-pro", image.toString()).err())
        .contains("is an image, and model deepseek-v4-pro takes none");
  }

  @Test
  void countsEveryKindOfImageAndNoBytesOfVideo() throws IOException {
    var image = new BufferedImage(640, 480, BufferedImage.TYPE_BYTE_GRAY);
    for (String format : List.of("tiff", "bmp")) {
      Path file = folder.resolve("plan." + format);
      assertThat(ImageIO.write(image, format, file.toFile())).isTrue();

      assertThat(shell().run("tokens", file.toString()).out()).as(format).startsWith("206\t");
    }
    Path broken = folder.resolve("broken.tiff");
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(folder.resolve("plan.tiff")), 20));
    Path video = Files.write(folder.resolve("clip.mp4"), new byte[5_000]);
    Path named = Files.writeString(folder.resolve("list.mpg"), "Hello");
    Path text = Files.writeString(folder.resolve("BM.txt"), "BM is a text, and no bitmap at all");

    Shell.Result result = shell().run("tokens", video.toString(), named.toString());

    assertThat(result.out()).isEqualTo("0\t%s\n1\t%s\n1\ttotal\n".formatted(video, named));
    assertThat(result.err()).contains("clip.mp4 is sound or video, which has no tokens of its own");
    assertThat(shell().run("tokens", broken.toString()).err())
        .startsWith("brimful: %s is an image that cannot be read".formatted(broken));
    assertThat(shell().run("tokens", text.toString()).out()).startsWith("10\t");
  }

  @Test
  void theTreeCountsImagesForModelsThatSee() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("a.md"), "Hello\n");
    var image = new BufferedImage(640, 480, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(image, "png", corpus.resolve("plan.png").toFile());

    Shell.Result sees = shell().run("tokens", "--tree", corpus.toString(), "--ocr", "off");
    Shell.Result blind =
        shell().run("tokens", "--tree", corpus.toString(), "--ocr", "off", "-m", "deepseek-v4-pro");

    assertThat(sees.out()).containsPattern(" 2\\d\\d +\\d+\\.\\d %  plan.png\n");
    assertThat(blind.out()).doesNotContain("plan.png");
    assertThat(blind.err()).contains("1 image not counted: model deepseek-v4-pro takes none");
  }

  @Test
  void tokensOfAFileAreThoseOfItsTextWhateverItsEncoding() throws IOException {
    String text = "Größe und Übermaß: Fußgänger zahlen fünf Euro.\n".repeat(5);
    String count = shell().fed(text, "tokens").out().replaceFirst("\t.*", "");
    for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16", "windows-1252")) {
      Path file = Files.write(folder.resolve("a.txt"), text.getBytes(Charset.forName(charset)));

      assertThat(shell().run("tokens", file.toString()).out())
          .as(charset)
          .startsWith(count.lines().findFirst().orElseThrow() + "\t");
    }
  }

  @Test
  void tokensOfAFileOfTwoEncodingsAreThoseThatPackReads() throws IOException {
    String line = "Größe und Übermaß: Fußgänger zahlen fünf Euro.\n";
    var mixed = new ByteArrayOutputStream();
    for (int i = 0; i < 3; i++) {
      mixed.writeBytes(line.getBytes(StandardCharsets.UTF_8));
      mixed.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
    }
    Path two = Files.write(folder.resolve("two.log"), mixed.toByteArray());
    Path one = Files.writeString(folder.resolve("one.log"), line.repeat(6));

    assertThat(shell().run("tokens", two.toString()).out().replaceAll("\t.*", ""))
        .isEqualTo(shell().run("tokens", one.toString()).out().replaceAll("\t.*", ""));
  }

  @Test
  void bytesOfADocumentHaveNoTokens() throws IOException {
    Path pdf = Files.writeString(folder.resolve("a.pdf"), "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n");
    Path zip = Files.write(folder.resolve("a.docx"), new byte[] {'P', 'K', 3, 4, 0, 0, 1, 2});

    for (Path file : List.of(pdf, zip)) {
      Shell.Result result = shell().run("tokens", file.toString());

      assertThat(result.code()).isEqualTo(ExitCode.NO_DATA);
      assertThat(result.err()).contains(file + " is no text: brimful tokens --tree");
    }
  }

  @Test
  void tokensAsJson() throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(shell().fed("Hello", "tokens", "--json", "--model", "gpt-5").out());

    assertThat(json.path("tokenizer").asText()).isEqualTo("o200k_base");
    assertThat(json.path("total").intValue()).isEqualTo(1);
  }

  @Test
  void missingFilesAreNoInput() {
    Shell.Result result = shell().run("tokens", folder.resolve("none").toString());

    assertThat(result.code()).isEqualTo(ExitCode.NO_INPUT);
    assertThat(result.err()).startsWith("brimful: no such file");
  }

  @Test
  void modelsListsTheCatalogAndDescribesOne() {
    assertThat(shell().run("models").out())
        .contains("deepseek-flash", "deepseek-v4-pro", "exact", "estimated");
    assertThat(shell().run("models", "deepseek-flash").out())
        .contains("1,000,000", "384,000", "$0.15");
  }

  @Test
  void modelsListsWhatRunsHere() {
    var terms = new FakeLlamaCpp.Terms(Tokenizers.named("o200k_base"), 8_192, 4, true, "key-1234");
    try (var fake = FakeLlamaCpp.start(terms, _ -> Script.answer("Yes."))) {
      assertThat(shell().run("models", "--base-url", fake.baseUrl()).out())
          .contains("llama.cpp at " + fake.baseUrl() + " requires a key: set BRIMFUL_API_KEY");
      shell().fed("key-1234\n", "config", "set", "api_key.local", "-");
      assertThat(shell().run("models", "--base-url", fake.baseUrl()).out())
          .containsPattern("m\\.gguf +llama\\.cpp +8,192 +4 +exact, by runner +http.*wants a key");
    }
  }

  @Test
  void configSaysWhereNothingIsSet() {
    Shell.Result none = shell().run("config");
    shell().run("config", "set", "model", "deepseek-v4-pro");
    Shell.Result one = shell().run("config");

    assertThat(none.out()).isEmpty();
    assertThat(none.err())
        .matches("nothing is set in .*config.properties: see brimful config --help\n");
    assertThat(one.out()).isEqualTo("model=deepseek-v4-pro\n");
    assertThat(one.err()).isEmpty();
  }

  @Test
  void configKeepsSettingsAndMasksKeys() {
    assertThat(
            shell()
                .fed("sk-0123456789abcdef0123\n", "config", "set", "api_key.deepseek", "-")
                .code())
        .isEqualTo(ExitCode.OK);
    shell().run("config", "set", "model", "deepseek-v4-pro");

    String list = shell().run("config", "list").out();

    assertThat(list).contains("model=deepseek-v4-pro").doesNotContain("456789");
    assertThat(shell().run("config", "get", "model").out()).isEqualTo("deepseek-v4-pro\n");
    assertThat(shell().run("config", "set", "nonsense", "1").code()).isEqualTo(ExitCode.USAGE);
  }
}
