package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.kafka.DevBroker;
import brimful.testing.FakeBatchModel;
import brimful.testing.FakeDeepSeek;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same input gives the same bytes in every country: digits of another script, an `i` without a
/// dot, a comma for a point, another day.
final class LocalesTest {
  private static final Map<String, String> COUNTRIES =
      Map.of(
          "fa", "Asia/Tehran",
          "ar-EG-u-nu-arab", "Africa/Cairo",
          "tr-TR", "Europe/Istanbul",
          "de-CH", "Pacific/Kiritimati",
          "th-TH-u-ca-buddhist-nu-thai", "Asia/Bangkok");

  private final Locale locale = Locale.getDefault();
  private final TimeZone zone = TimeZone.getDefault();

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus").resolve("mit Ümläuten 设备"));
    String lines =
        IntStream.range(0, 1_500)
            .mapToObj(line -> "  int TITLE_INDEX_" + line + "() { return " + line * 7.5 + "; }\n")
            .collect(Collectors.joining());
    Files.writeString(corpus.resolve("INDEX.java"), "class Titleİndex {\n" + lines + "}\n");
    Files.writeString(corpus.resolve("größer.md"), "# Iı\n\nThe DEVICE is größer 设备.\n");
    Files.writeString(corpus.resolve("LICENSE.TXT"), "All of it.\n");
    Files.writeString(folder.resolve("q.csv"), "id,question\nsize,How large?\nwhy,Why İ?\n");
  }

  @AfterEach
  void comeHome() {
    Locale.setDefault(locale);
    TimeZone.setDefault(zone);
  }

  private static void goTo(String country, String timeZone) {
    Locale.setDefault(Locale.forLanguageTag(country));
    TimeZone.setDefault(TimeZone.getTimeZone(timeZone));
  }

  @Test
  void windowsReceiptsAndTablesAreTheSameEverywhere() throws IOException {
    goTo("", "UTC");
    String here = all("home-of-nowhere");

    for (Map.Entry<String, String> country : COUNTRIES.entrySet()) {
      goTo(country.getKey(), country.getValue());
      assertThat(all("home-of-" + country.getKey())).as("%s", country).isEqualTo(here);
    }
  }

  /// Returns what the commands print about the corpus, in a home of its own.
  private String all(String home) throws IOException {
    var shell = new Shell(folder.resolve(home));
    String corpus = folder.resolve("corpus").toString();
    String question = "which title index is GRÖSSER 设备?";
    var printed = new StringBuilder();
    for (String format : new String[] {"xml", "markdown", "json"}) {
      Path window = folder.resolve(home + "." + format);
      Path receipt = folder.resolve(home + ".receipt");
      Shell.Result result =
          shell.run(
              "pack",
              corpus,
              "-q",
              question,
              "--budget",
              "8k",
              "--format",
              format,
              "-o",
              window.toString(),
              "--receipt",
              receipt.toString());
      printed
          .append(result.code())
          .append(result.err().replace(home, "").replaceAll("seconds .*", ""))
          .append(Files.readString(window))
          .append(
              Files.readString(receipt)
                  .replaceAll("\"seconds\"\\s*:\\s*\\{[^}]*}", "")
                  .replace(home, ""));
    }
    for (String command : new String[] {"explain", "chunks"}) {
      printed.append(
          command.equals("chunks")
              ? shell.run(command, corpus).out()
              : shell.run(command, corpus, question, "--budget", "8k").out());
    }
    printed.append(shell.run("models").out());
    printed.append(shell.run("models", "deepseek-flash").out());
    printed.append(shell.run("tokens", folder.resolve("q.csv").toString()).out());
    return printed.toString();
  }

  @Test
  void whatIsPaidInOneCountryIsNotPaidAgainInAnother() throws IOException {
    goTo("", "UTC");
    var model = new FakeBatchModel(FakeBatchModel.Faults.NONE);
    try (var server = FakeDeepSeek.start(0, Duration.ZERO, model)) {
      Shell.Result here = batch(server);
      String table = Files.readString(folder.resolve("table.csv"));
      int billed = model.billed().size();

      assertThat(here.code()).as(here.err()).isEqualTo(ExitCode.OK);
      for (Map.Entry<String, String> country : COUNTRIES.entrySet()) {
        goTo(country.getKey(), country.getValue());
        Shell.Result there = batch(server);
        assertThat(there.err())
            .as("%s", country)
            .contains("6 cells: 6 answered, 0 failed, 0 pending", "$0.00 spent");
        assertThat(model.billed()).as("%s", country).hasSize(billed);
        assertThat(folder.resolve("table.csv")).hasContent(table);
      }
    }
  }

  private Shell.Result batch(FakeDeepSeek server) {
    return new Shell(folder.resolve("home"))
        .with("DEEPSEEK_API_KEY", "sk-secret-0123456789abcdef")
        .run(
            "batch",
            "--questions",
            folder.resolve("q.csv").toString(),
            folder.resolve("corpus").toString(),
            "--model",
            "deepseek-flash",
            "--base-url",
            server.baseUrl(),
            "-o",
            folder.resolve("table.csv").toString(),
            "--max-cost",
            "1");
  }

  @Test
  void theDevelopmentBrokerStartsWhereDigitsAreOthers() {
    goTo("fa", "Asia/Tehran");

    try (var broker = DevBroker.start(folder.resolve("broker"), 0)) {
      String status =
          new Shell(folder.resolve("home"))
              .run(
                  "ingest",
                  folder.resolve("corpus").toString(),
                  "--collection",
                  "docs",
                  "--kafka",
                  broker.bootstrap())
              .err();

      assertThat(broker.bootstrap()).matches("127\\.0\\.0\\.1:[0-9]+");
      assertThat(status).contains("3 ").doesNotContain("۳");
    }
  }
}
