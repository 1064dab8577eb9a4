package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import brimful.cli.command.ExitCode;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Pictures;
import brimful.testing.ScannedPdf;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions about images and scans, to models that see and to models that do not.
final class AskImagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLACE =
      Pattern.compile("<document path=\"([^\"]+)\"|<chunk page=\"(\\d+)\"");

  @TempDir private Path folder;

  private Shell shell() {
    return new Shell(folder.resolve("home")).with("DEEPSEEK_API_KEY", "sk-secret-0123456789abcdef");
  }

  private Shell.Result ask(Shell shell, FakeDeepSeek server, String model, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("ask", folder.resolve("corpus").toString(), "what is on the plan?"));
    words.addAll(List.of("--model", model, "--base-url", server.baseUrl()));
    words.addAll(List.of(more));
    return shell.run(words.toArray(String[]::new));
  }

  private void write(String name, byte[] file) throws IOException {
    Path path = folder.resolve("corpus").resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, file);
  }

  /// An image as the model gets it: decoded, with the place that the text before it names.
  private record Seen(String document, String page, BufferedImage image) {
    private long dark() {
      long dark = 0;
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          dark += (image.getRGB(x, y) & 0xff) < 80 ? 1 : 0;
        }
      }
      return dark;
    }
  }

  /// Reads a request strictly, as DeepSeek's guide documents image parts.
  private static List<Seen> seen(String body) {
    try {
      List<Seen> seen = new ArrayList<>();
      for (JsonNode message : JSON.readTree(body).path("messages")) {
        if (message.path("content").isArray()) {
          assertThat(message.path("role").asText()).isEqualTo("user");
          String document = "";
          String page = "";
          for (JsonNode part : message.path("content")) {
            if (part.path("type").asText().equals("text")) {
              Matcher place = PLACE.matcher(part.path("text").asText());
              while (place.find()) {
                document = Optional.ofNullable(place.group(1)).orElse(document);
                page = Optional.ofNullable(place.group(2)).orElse("");
              }
            } else {
              assertThat(part.path("type").asText()).isEqualTo("image_url");
              assertThat(part.path("image_url").path("detail").asText()).isEqualTo("auto");
              String url = part.path("image_url").path("url").asText();
              assertThat(url).matches("data:image/(png|jpeg);base64,[A-Za-z0-9+/]+=*");
              byte[] file = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
              seen.add(new Seen(document, page, ImageIO.read(new ByteArrayInputStream(file))));
            }
          }
        }
      }
      return seen;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FakeDeepSeek answering(Function<String, String> answer) {
    return FakeDeepSeek.start(
        0, Duration.ZERO, request -> Script.answer(answer.apply(request.body())));
  }

  @Test
  void twoHundredImagesComeWellFormedInTheOrderOfTheDocuments() throws IOException {
    for (int i = 0; i < 200; i++) {
      write(String.format(Locale.ROOT, "photos/%03d.png", i), Pictures.file(i, 90 + i, 120, "png"));
    }
    List<Seen> seen = new ArrayList<>();
    try (var server =
        answering(body -> {
          seen.addAll(seen(body));
          return "It is [007.png], not [ghost.png].";
        })) {
      Shell.Result result = ask(shell(), server, "deepseek-flash", "--ocr", "off", "--json");

      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
      assertThat(seen).hasSize(200);
      for (int i = 0; i < 200; i++) {
        assertThat(seen.get(i).document())
            .isEqualTo(String.format(Locale.ROOT, "photos/%03d.png", i));
        assertThat(seen.get(i).image().getWidth()).isEqualTo(90 + i);
      }
      JsonNode json = JSON.readTree(result.out());
      JsonNode receipt = json.path("evidence").path("receipt");
      assertThat(receipt.path("images")).hasSize(200);
      assertThat(receipt.path("images").path(7).path("id").asText()).isEqualTo("photos/007.png");
      assertThat(receipt.path("images").path(7).path("width").asInt()).isEqualTo(97);
      assertThat(receipt.path("images").path(7).path("tokens").asInt()).isBetween(150, 400);
      assertThat(receipt.path("images").path(7).path("cost_usd").asDouble()).isPositive();
      assertThat(receipt.path("prompt_tokens").asInt())
          .isLessThanOrEqualTo(receipt.path("budget_tokens").asInt());
      assertThat(json.path("citations")).hasSize(2);
      assertThat(json.path("citations").path(0).path("document").asText())
          .isEqualTo("photos/007.png");
      assertThat(json.path("citations").path(0).path("verified").asBoolean()).isTrue();
      assertThat(json.path("citations").path(1).path("verified").asBoolean()).isFalse();
    }
  }

  @Test
  void aScanIsAnsweredByAModelThatSeesIt() throws IOException {
    write("scan.pdf", ScannedPdf.of("The fence is green.", "The plan costs 400 euros."));
    try (var server =
        answering(body -> {
          List<Seen> seen = seen(body);
          assertThat(seen).hasSize(2).allMatch(it -> it.dark() > 500);
          assertThat(body).doesNotContain("400 euros");
          return "400 euros [%s p. %s].".formatted(seen.get(1).document(), seen.get(1).page());
        })) {
      Shell.Result result = ask(shell(), server, "deepseek-flash", "--ocr", "off");

      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
      assertThat(result.out()).contains("[ok] scan.pdf p. 2");
      assertThat(result.err()).contains("with 2 images");
    }
  }

  @Test
  void aScanIsAnsweredByItsTextWhereTheModelDoesNotSee() throws IOException {
    write("scan.pdf", ScannedPdf.of("The fence is green.", "The plan costs 400 euros."));
    String path = System.getenv().getOrDefault("PATH", "");
    boolean installed =
        List.of(path.split(java.io.File.pathSeparator, -1)).stream()
            .anyMatch(it -> Files.isExecutable(Path.of(it, "tesseract")));
    if (!installed) {
      System.out.println("NO TESSERACT: scans without a model that sees are not tested here");
    }
    assumeTrue(installed);
    try (var server =
        answering(body -> {
          assertThat(seen(body)).isEmpty();
          int at = body.indexOf("400 euros");
          String before = body.substring(0, Math.max(0, at));
          int page = before.lastIndexOf("page=\\\"") + "page=\\\"".length();
          return "400 euros [scan.pdf p. %s].".formatted(body.charAt(page));
        })) {
      Shell.Result result = ask(shell().with("PATH", path), server, "deepseek-v4-pro");

      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
      assertThat(result.out()).contains("[ok] scan.pdf p. 2");
    }
  }

  @Test
  void imagesOffLeavesThemOutAndAllKeepsThemForLater() throws IOException {
    write("plan.png", Pictures.file(1, 300, 200, "png"));
    write("a.md", "# Plan\n\nWords about it.\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try (var server = answering(body -> "%s images".formatted(seen(body).size()))) {
      assertThat(ask(shell(), server, "deepseek-flash", "--ocr", "off").out())
          .startsWith("1 images");
      assertThat(ask(shell(), server, "deepseek-flash", "--ocr", "off", "--images", "off").out())
          .startsWith("0 images");
      assertThat(ask(shell(), server, "deepseek-v4-pro", "--ocr", "off").out())
          .startsWith("0 images");
      assertThat(ask(shell(), server, "deepseek-v4-pro", "--images", "all").out())
          .startsWith("0 images");
      assertThat(ask(shell(), server, "deepseek-flash", "--images", "some").err())
          .isEqualTo("brimful: --images (BRIMFUL_IMAGES) \"some\": say off, auto or all\n");
    }
  }

  @Test
  void ofManyImagesTheOneIsShownWhoseCaptionTheQuestionSays() throws IOException {
    var album = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      write(String.format(Locale.ROOT, "photos/%03d.png", i), Pictures.file(i, 90 + i, 120, "png"));
      String caption = i == 37 ? "The plan of the house" : "A dog";
      album.append(String.format(Locale.ROOT, "![%s](../photos/%03d.png)%n%n", caption, i));
    }
    write("pages/album.md", album.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    List<Seen> seen = new ArrayList<>();
    try (var server =
        answering(body -> {
          seen.addAll(seen(body));
          return "A house [photos/037.png].";
        })) {
      Shell.Result result =
          ask(shell(), server, "deepseek-flash", "--ocr", "off", "--budget", "3k");

      assertThat(result.out()).as(result.err()).contains("[ok] photos/037.png");
      assertThat(seen).hasSizeLessThan(10).extracting(Seen::document).contains("photos/037.png");
    }
  }
}
