package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.batch.ledger.BatchLedger;
import brimful.cli.command.ExitCode;
import brimful.corpus.UserError;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeReader;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExhaustiveAskTest {
  private static final String QUESTION = "list all codes of stations";

  @TempDir Path folder;

  private final FakeReader model = new FakeReader(true, Duration.ZERO);
  private final AtomicBoolean poor = new AtomicBoolean();
  private final AtomicBoolean wrong = new AtomicBoolean();
  private final FakeDeepSeek server = FakeDeepSeek.start(0, Duration.ZERO, this::reply);

  /// Answers in a wrong form at the end, or wants money for that, if it is told so.
  private Script reply(FakeDeepSeek.Request request) {
    int asked = model.log("answer").size();
    Script reply = model.apply(request);
    if (model.log("answer").size() == asked) {
      return reply;
    }
    return poor.get() ? Script.error(402) : wrong.get() ? Script.answer("nothing") : reply;
  }

  @BeforeEach
  void writeCorpus() throws IOException {
    Path path = Files.createDirectories(folder.resolve("corpus"));
    for (int i = 0; i < 4; i++) {
      var text = new StringBuilder("# Notes\n\n");
      for (int line = 0; line < 220; line++) {
        text.append(
            "Note %s of year %s tells of rain, wind and a quiet harbour.\n".formatted(line, i));
      }
      text.append(i < 2 ? "The code of station Alpha%s is %s.\n".formatted(i, 1000 + i) : "");
      Files.writeString(path.resolve("notes-%s.md".formatted(i)), text);
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Shell shell() {
    return new Shell(folder.resolve("home")).with("DEEPSEEK_API_KEY", "sk-secret-0123456789abcdef");
  }

  private String[] words(String question, String... more) {
    var words =
        new ArrayList<>(
            List.of(
                "ask",
                folder.resolve("corpus").toString(),
                question,
                "--model",
                "deepseek-flash",
                "--base-url",
                server.baseUrl(),
                "--reply",
                "1000",
                "--budget",
                "13k"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @Test
  void saysTheCostReadsAllWindowsAndCites() {
    Shell.Result result = shell().run(words(QUESTION, "--exhaustive", "--yes"));

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .contains("Alpha0 has 1000 [notes-0.md:")
        .contains("[ok] notes-0.md:")
        .contains("[ok] notes-1.md:");
    assertThat(result.err())
        .contains(
            "deepseek-flash: 2 windows of at most 13,000 tokens to read, 2 documents, 5 calls")
        .contains("2 windows skipped, none of its documents has a word of the question")
        .contains("window 3: 1 document, notes-2.md to notes-2.md")
        .contains("4 files found: 4 indexed")
        .contains("read 2 of 4 windows; 2 quotes verified, 2 quotes dropped");
  }

  @Test
  void allWindowsSkipsNone() {
    Shell.Result result = shell().run(words(QUESTION, "--exhaustive", "--all-windows", "--yes"));

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.err()).doesNotContain("windows skipped").contains("read 4 of 4 windows");
    assertThat(model.log("findings")).hasSize(4);
  }

  @Test
  void withoutYesOrAPersonNothingIsSent() {
    Shell.Result result = shell().run(words(QUESTION, "--exhaustive"));

    assertThat(result.code()).isEqualTo(ExitCode.of(UserError.Kind.UNPAID));
    assertThat(result.err()).contains("nothing was sent (about $").contains("add --yes");
    assertThat(model.log()).isEmpty();
  }

  @Test
  void onATerminalAPersonDecides() {
    Shell terminal = shell().with("BRIMFUL_TTY", "1").with("NO_COLOR", "1");

    Shell.Result no = terminal.fed("n\n", words(QUESTION, "--exhaustive"));
    int sent = model.log().size();
    Shell.Result yes = terminal.fed("y\n", words(QUESTION, "--exhaustive"));

    assertThat(no.err()).contains("at most? [y/N]").contains("nothing was sent");
    assertThat(sent).isZero();
    assertThat(yes.code()).as(yes.err()).isEqualTo(ExitCode.OK);
    assertThat(yes.out()).contains("Alpha1 has 1001");
  }

  @Test
  void jsonSaysWhichWindowsWereSkippedAndWhy() throws IOException {
    Shell.Result result = shell().run(words(QUESTION, "--exhaustive", "--yes", "--json"));

    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.path("complete").booleanValue()).isTrue();
    assertThat(json.path("findings")).hasSize(2);
    assertThat(json.path("citations").path(0).path("verified").booleanValue()).isTrue();
    JsonNode receipt = json.path("receipt");
    assertThat(receipt.path("windows").intValue()).isEqualTo(4);
    assertThat(receipt.path("windows_skipped")).hasSize(2);
    assertThat(receipt.path("windows_skipped").path(0).path("reason").asText())
        .contains("a word of the question");
    assertThat(receipt.path("cost_usd").doubleValue()).isPositive();
  }

  @Test
  void whatAnotherProgramReadsOrADiskHasDamagedIsSaid() throws IOException {
    shell().run(words(QUESTION, "--exhaustive", "--yes"));
    int sent = model.log().size();
    Path file;
    try (Stream<Path> files = Files.list(folder.resolve("home").resolve("windows"))) {
      file = files.filter(one -> one.toString().endsWith(".ledger")).findFirst().orElseThrow();
    }
    Shell.Result busy;
    try (BatchLedger _ = BatchLedger.open(file)) {
      busy = shell().run(words(QUESTION, "--exhaustive", "--yes"));
    }
    Files.write(file, new byte[10_000]);
    Shell.Result damaged = shell().run(words(QUESTION, "--exhaustive", "--yes"));
    int sentThen = model.log().size();
    Shell.Result anew = shell().run(words(QUESTION, "--exhaustive", "--yes"));

    assertThat(busy.err()).contains("another program on this machine reads these documents");
    assertThat(damaged.code()).isEqualTo(ExitCode.of(UserError.Kind.INPUT));
    assertThat(damaged.err()).contains("damaged, and set aside: ask again");
    assertThat(sentThen).isEqualTo(sent);
    assertThat(anew.code()).as(anew.err()).isEqualTo(ExitCode.OK);
    assertThat(model.log()).hasSize(2 * sent);
  }

  /// Paths are typed in many ways, and the same ones mean others elsewhere.
  @Test
  void oneFolderHasOneLedgerHoweverItIsTyped() throws IOException {
    shell().run(words(QUESTION, "--exhaustive", "--yes"));
    int sent = model.log().size();
    String[] slash = words(QUESTION, "--exhaustive", "--yes");
    slash[1] += "/";
    String[] around = words(QUESTION, "--exhaustive", "--yes");
    around[1] = folder.resolve("corpus").resolve("..").resolve("corpus").toString();

    Shell.Result again = shell().run(slash);
    shell().run(around);

    assertThat(again.out()).contains("Alpha0 has 1000");
    assertThat(model.log().size()).isEqualTo(sent);
    try (Stream<Path> files = Files.list(folder.resolve("home").resolve("windows"))) {
      assertThat(files.filter(one -> one.toString().endsWith(".ledger"))).hasSize(1);
    }
  }

  @Test
  void aLimitOfMoneyIsKeptAndTheNextRunGoesOn() {
    Shell.Result limited =
        shell().run(words(QUESTION, "--exhaustive", "--yes", "--max-cost", "0.0025"));
    int sent = model.log().size();
    Shell.Result whole = shell().run(words(QUESTION, "--exhaustive", "--yes"));

    assertThat(limited.code()).isEqualTo(ExitCode.of(UserError.Kind.BUSY));
    assertThat(limited.err()).contains("left to read").contains("raise the limit");
    assertThat(sent).isBetween(1, 4);
    assertThat(whole.code()).as(whole.err()).isEqualTo(ExitCode.OK);
    assertThat(model.log()).extracting(FakeReader.Entry::body).doesNotHaveDuplicates();
  }

  @Test
  void ifOnlyTheLastCallIsLeftItSaysSo() {
    poor.set(true);
    Shell.Result halted = shell().run(words(QUESTION, "--exhaustive", "--yes"));

    assertThat(halted.code()).as(halted.err()).isEqualTo(ExitCode.of(UserError.Kind.BUSY));
    assertThat(halted.err())
        .contains("all windows are read, and only the last call is left: ")
        .doesNotContain("0 windows");
  }

  @Test
  void aFailedLastCallShowsWhatWasFoundAndCanBeAskedAgain() {
    wrong.set(true);
    Shell.Result failed = shell().run(words(QUESTION, "--exhaustive", "--yes"));
    wrong.set(false);
    Shell.Result unpaid = shell().run(words(QUESTION, "--exhaustive", "--retry-failed"));
    Shell.Result again = shell().run(words(QUESTION, "--exhaustive", "--retry-failed", "--yes"));

    assertThat(failed.code()).as(failed.err()).isEqualTo(ExitCode.CUT_OFF);
    assertThat(failed.out()).contains("- Alpha0 has 1000 [notes-0.md]", "[ok] notes-1.md");
    assertThat(failed.err())
        .contains("what was found made no answer: ", "; --retry-failed asks for it again")
        .doesNotContain("do not fit");
    assertThat(unpaid.code()).as(unpaid.err()).isEqualTo(ExitCode.of(UserError.Kind.UNPAID));
    assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.OK);
    assertThat(again.out()).contains("Alpha0 has 1000 [notes-0.md:");
  }

  @Test
  void aQuestionThatWantsEverythingGetsAHintAndNothingStartsByItself() {
    Shell.Result all = shell().run(words(QUESTION));
    Shell.Result one = shell().run(words("what is the code of station Alpha0?"));

    assertThat(all.err()).contains("--exhaustive reads all of it");
    assertThat(one.err()).doesNotContain("--exhaustive");
    assertThat(model.log("findings")).isEmpty();
  }

  @Test
  void optionsOfOneWindowAndOptionsWithoutExhaustiveAreRefused() {
    assertThat(shell().run(words(QUESTION, "--exhaustive", "--session", "5")).err())
        .contains("--session is about one window, --exhaustive reads all");
    assertThat(shell().run(words(QUESTION, "--max-cost", "1")).err())
        .contains("--max-cost without --exhaustive");
    assertThat(shell().run(words(QUESTION, "--exhaustive", "--max-cost", "much", "--yes")).err())
        .contains("--max-cost much is not an amount in USD");
    assertThat(model.log()).isEmpty();
  }

  @Test
  void withoutAModelItSaysWhatToDo() {
    Shell.Result result =
        new Shell(folder.resolve("home"))
            .with("BRIMFUL_RUNNERS", "off")
            .run("ask", folder.resolve("corpus").toString(), QUESTION, "--exhaustive", "--yes");

    assertThat(result.code()).isEqualTo(ExitCode.of(UserError.Kind.UNAUTHENTICATED));
    assertThat(result.err()).contains("no model is connected to read the windows");
  }
}
