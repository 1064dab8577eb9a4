package brimful.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.service.SpendAccount;
import brimful.service.SpendLedger;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Signals to processes whose model is silent, in the middle of its answer or before it.
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
final class StoppedCallTest {
  private static final String QUESTION = "when does the broker rebalance?";

  @TempDir private Path folder;
  private final CountDownLatch asked = new CountDownLatch(1);

  /// What stops a process, and the code that shells expect then.
  enum Signal {
    HUP(1),
    INT(2),
    TERM(15);

    private final int number;

    Signal(int number) {
      this.number = number;
    }

    int code() {
      return 128 + number;
    }

    /// A process ignores what its parent ignores, such as Ctrl-C in the background of a shell.
    boolean isHeard() throws IOException {
      Path status = Path.of("/proc/self/status");
      return !Files.exists(status)
          || Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
              .allMatch(ignored -> (ignored >> (number - 1) & 1) == 0);
    }
  }

  @BeforeEach
  void writeCorpus() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("broker.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    Files.writeString(folder.resolve("q.csv"), "id,question\nq,When?\n");
  }

  private String corpus() {
    return folder.resolve("corpus").toString();
  }

  /// What a process left.
  private record Left(int code, String out, String err) {}

  private Left stopped(Signal signal, int events, String input, String... words)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(signal.isHeard(), signal + " is ignored here");
    Script silent =
        Script.stream(
                Script.answerEvents(List.of(), List.of("half an ", "answer")).subList(0, events))
            .ending(Script.End.STALL);
    try (var model =
        FakeDeepSeek.start(
            0,
            Duration.ZERO,
            _ -> {
              asked.countDown();
              return silent;
            })) {
      Process process = start(model, input, words);
      try {
        awaitCall(process, events > 1);

        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Left(process.exitValue(), read("out"), read("err"));
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /// Waits until a call is under way, and its answer, if any, has come.
  private void awaitCall(Process process, boolean answer) throws IOException, InterruptedException {
    while (!asked.await(100, TimeUnit.MILLISECONDS) || (answer && !read("out").contains("half"))) {
      assertThat(process.isAlive()).as("%s", read("err")).isTrue();
    }
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name), UTF_8);
  }

  private Process start(FakeDeepSeek model, String input, String... words) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "brimful.cli.Main"));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command);
    builder.environment().put("BRIMFUL_HOME", folder.resolve("home").toString());
    builder.environment().put("BRIMFUL_MODEL", "deepseek-flash");
    builder.environment().put("BRIMFUL_BASE_URL", model.baseUrl());
    builder.environment().put("BRIMFUL_INTERACTIVE", "1");
    builder.environment().put("DEEPSEEK_API_KEY", "sk-0123456789abcdef0123456789abcdef");
    builder.redirectOutput(folder.resolve("out").toFile());
    Process process = builder.redirectError(folder.resolve("err").toFile()).start();
    process.getOutputStream().write(input.getBytes(UTF_8));
    process.getOutputStream().flush();
    return process;
  }

  /// Returns what the person here has spent, settled.
  private double spent() {
    SpendLedger.Balance is =
        new SpendLedger(folder.resolve("home"), Clock.systemUTC()).balance(SpendAccount.LOCAL.id());
    assertThat(is.reservedUsd()).isZero();
    return is.settledUsd();
  }

  @ParameterizedTest
  @EnumSource
  void aCallThatIsStoppedSaysWhatItMayHaveCost(Signal signal) throws Exception {
    Left left = stopped(signal, 4, "", "ask", corpus(), QUESTION);

    assertThat(left.code()).as(left.err()).isEqualTo(signal.code());
    assertThat(left.out()).contains("half an answer");
    assertThat(left.err())
        .contains("it was stopped: the received part is kept")
        .containsPattern("[0-9]+ tokens were sent to deepseek-flash.*count as spent\n");
    assertThat(spent()).isGreaterThan(0.01);
  }

  @Test
  void soDoesOneThatHadNoAnswerYet() throws Exception {
    Left left = stopped(Signal.TERM, 1, "", "ask", corpus(), QUESTION, "--json");

    assertThat(left.code()).as(left.err()).isEqualTo(Signal.TERM.code());
    assertThat(left.out()).isEmpty();
    assertThat(left.err())
        .containsPattern("stopped before the answer; [0-9]+ tokens were.*count as spent\n");
    assertThat(spent()).isGreaterThan(0.01);
  }

  @Test
  void soDoesASession() throws Exception {
    Left left = stopped(Signal.TERM, 4, QUESTION + "\n", "chat", corpus());

    assertThat(left.code()).as(left.err()).isEqualTo(Signal.TERM.code());
    assertThat(left.err())
        .containsPattern("it was stopped.*[0-9]+ tokens were sent.*count as spent\n");
    assertThat(spent()).isGreaterThan(0.01);
  }

  @Test
  void soDoesAReadingOfEverything() throws Exception {
    Left left = stopped(Signal.TERM, 1, "", "ask", corpus(), QUESTION, "--exhaustive", "--yes");

    assertThat(left.code()).as(left.err()).isEqualTo(Signal.TERM.code());
    assertThat(left.err())
        .containsPattern("spent in this run at most: \\$0\\.[0-9]+ of it for calls under way")
        .contains("--retry-failed sends them again")
        .contains("stopped: run the same command to continue");
    assertThat(spent()).isGreaterThan(0.01);
  }

  @Test
  void soDoesABatch() throws Exception {
    String questions = folder.resolve("q.csv").toString();
    String table = folder.resolve("table.csv").toString();

    Left left =
        stopped(Signal.TERM, 1, "", "batch", "--questions", questions, corpus(), "-o", table);

    assertThat(left.code()).as(left.err()).isEqualTo(Signal.TERM.code());
    assertThat(left.err())
        .containsPattern("may have been billed.*\\$0\\.[0-9]+ at most")
        .contains("stopped: run the same command to continue");
    assertThat(Files.readString(Path.of(table))).contains("q");
    assertThat(spent()).isGreaterThan(0.01);
  }
}
