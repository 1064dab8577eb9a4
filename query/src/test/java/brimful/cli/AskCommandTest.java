package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.corpus.UserError;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AskCommandTest {
  private static final String QUESTION = "when does the broker rebalance?";

  /// What a call may have cost, at most.
  private static final String MAYBE =
      "; [0-9]+ tokens were sent to deepseek-flash, which may bill them without a whole answer: up to \\$0\\.0[0-9]+ count as spent\n";

  @TempDir Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    Path path = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(path.resolve("broker.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    Files.writeString(path.resolve("other.md"), "# Other\n\nNothing to see here.\n");
  }

  private String corpus() {
    return folder.resolve("corpus").toString();
  }

  private Shell shell() {
    return new Shell(folder.resolve("home")).with("DEEPSEEK_API_KEY", "sk-secret-0123456789abcdef");
  }

  private Shell.Result ask(FakeDeepSeek server, String... more) {
    return ask(shell(), server, more);
  }

  private Shell.Result ask(Shell shell, FakeDeepSeek server, String... more) {
    String[] words = {
      "ask", corpus(), QUESTION, "--model", "deepseek-flash", "--base-url", server.baseUrl()
    };
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return shell.run(all);
  }

  @Test
  void streamsTheAnswerAndChecksItsCitations() {
    try (var server =
        FakeDeepSeek.start(Script.answer("At noon ", "[broker.md:1-3] ", "and [ghost.md:7-9]."))) {
      Shell.Result result = ask(server);

      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
      assertThat(result.out())
          .startsWith("At noon [broker.md:1-3] and [ghost.md:7-9].\n")
          .contains("[ok] broker.md:1-3\n")
          .contains("[??] ghost.md:7-9");
      assertThat(result.err()).contains("asking deepseek-flash").contains("tokens in");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void letsNoAnswerControlTheTerminal() {
    try (var server =
        FakeDeepSeek.start(
            Script.answer(
                "At \u001b[31mnoon\u001b]0;title\u0007\b\u009b2J\r\n",
                "\ttab [gh\u001bst.md:7]"))) {
      Shell.Result result = ask(server);

      assertThat(result.out()).startsWith("At [31mnoon]0;title2J\n\ttab [ghst.md:7]\n");
      assertThat(result.out().chars())
          .noneMatch(c -> Character.getType(c) == Character.CONTROL && c != '\n' && c != '\t');
    }
  }

  @Test
  void showsWhereOneStartsToReadIfNothingMatches() throws IOException {
    Files.writeString(folder.resolve("corpus/README.md"), "# Zorp\n\nZorp turns frobs.\n");

    Shell.Result result = new Shell(folder.resolve("home")).run("ask", corpus(), "???");

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).startsWith("README.md:").contains("broker.md:");
    assertThat(result.err()).contains("nothing matches, so the evidence is what tells first");
  }

  @Test
  void aMissingKeyIsSaidBeforeTheCostAndBeforeReading() {
    Shell.Result result =
        new Shell(folder.resolve("home"))
            .with("BRIMFUL_SPEND_USD_MAX", "0.000001")
            .run("ask", corpus(), QUESTION, "--model", "gpt-5.5");

    assertThat(result.code()).isEqualTo(ExitCode.of(UserError.Kind.UNAUTHENTICATED));
    assertThat(result.err()).startsWith("brimful: no key for openai: set OPENAI_API_KEY");
    assertThat(result.err().lines()).hasSize(1);
  }

  @Test
  void jsonHasAnswerCitationsUsageAndReceipt() throws IOException {
    try (var server = FakeDeepSeek.start(Script.answer("At noon [broker.md:3]."))) {
      JsonNode json = new ObjectMapper().readTree(ask(server, "--json").out());

      assertThat(json.path("answer").asText()).isEqualTo("At noon [broker.md:3].");
      assertThat(json.path("citations").path(0).path("verified").booleanValue()).isTrue();
      assertThat(json.path("receipt").path("usage").path("prompt_tokens").intValue()).isPositive();
      assertThat(json.path("evidence").path("receipt").path("coverage").path("found").intValue())
          .isEqualTo(2);
    }
  }

  @Test
  void refusalsHaveTheirCodesAndNeverTheKey() {
    Map<Integer, ExitCode> codes =
        Map.of(
            400, ExitCode.REFUSED,
            401, ExitCode.NO_PERMISSION,
            402, ExitCode.NO_PERMISSION,
            429, ExitCode.TRY_LATER,
            500, ExitCode.UNAVAILABLE,
            503, ExitCode.TRY_LATER);
    codes.forEach((status, code) -> {
      try (var server = FakeDeepSeek.start(Script.error(status))) {
        Shell.Result result = ask(server);

        assertThat(result.code()).as("%d %s", status, result.err()).isEqualTo(code);
        assertThat(result.err()).contains("(" + status + ")").doesNotContain("0123456789abcdef");
        assertThat(server.requests()).hasSize(1);
      }
    });
  }

  @Test
  void aCutStreamKeepsWhatCame() {
    try (var server =
        FakeDeepSeek.start(Script.answer("half an ", "answer").ending(Script.End.CUT))) {
      Shell.Result result = ask(server);

      assertThat(result.out()).startsWith("half an answer");
    }
  }

  @Test
  void anAnswerThatBreaksOffIsNoSuccess() {
    List<String> events = Script.answerEvents(List.of(), List.of("half an ", "answer"));
    try (var server =
        FakeDeepSeek.start(Script.stream(events.subList(0, 3)).ending(Script.End.CUT))) {
      Shell.Result result = ask(server);

      assertThat(result.out()).startsWith("half an answer");
      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.CUT_OFF);
    }
  }

  @Test
  void saysWhatACallMayHaveCostThatHasNoWholeAnswer() throws IOException {
    Script broken = Script.stream(List.of("data: {\"error\":{\"message\":\"oops\"}}"));
    List<String> events = Script.answerEvents(List.of(), List.of("half an ", "answer"));
    try (var failing = FakeDeepSeek.start(broken);
        var cutting =
            FakeDeepSeek.start(Script.stream(events.subList(0, 3)).ending(Script.End.CUT))) {
      Shell.Result failed = ask(failing);
      Shell.Result cut = ask(cutting, "--json");

      assertThat(failed.code()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(failed.err()).contains("failed: try again in a minute").containsPattern(MAYBE);
      assertThat(cut.code()).isEqualTo(ExitCode.CUT_OFF);
      assertThat(cut.err()).containsPattern(MAYBE);
      JsonNode receipt = new ObjectMapper().readTree(cut.out()).path("receipt");
      assertThat(receipt.path("answered").asBoolean(true)).isFalse();
      assertThat(receipt.path("maybe_billed").asBoolean()).isTrue();
      assertThat(receipt.path("cost_most_usd").asDouble()).isGreaterThan(0.01);
    }
  }

  @Test
  void saysWhatACallMayHaveCostWhoseUsageCannotBeTrue() throws IOException {
    Script absurd =
        Script.stream(
            List.of(
                Script.text("At noon."),
                Script.finish("stop"),
                Script.usage(1, 0, 2_000_000_000, 0),
                "data: [DONE]"));
    try (var server = FakeDeepSeek.start(absurd)) {
      Shell.Result result = ask(server, "--json");

      JsonNode receipt = new ObjectMapper().readTree(result.out()).path("receipt");
      assertThat(receipt.path("answered").asBoolean()).isTrue();
      assertThat(receipt.path("notice").asText()).contains("cannot be true: up to $");
      assertThat(receipt.path("maybe_billed").asBoolean()).isTrue();
      assertThat(receipt.path("cost_usd").isNull()).isTrue();
      assertThat(receipt.path("cost_most_usd").asDouble()).isGreaterThan(0.01);
      assertThat(ask(server).err()).containsPattern("cannot be true: up to \\$.*count as spent");
    }
  }

  @Test
  void saysNothingOfTheCostOfARefusal() {
    try (var server = FakeDeepSeek.start(Script.error(429))) {
      assertThat(ask(server).err()).doesNotContain("count as spent");
    }
  }

  @Test
  void anAnswerThatIsCutByItsLengthIsSaidToBe() {
    List<String> events =
        List.of(
            Script.text("It is"),
            Script.finish("length"),
            Script.usage(9, 0, 2, 0),
            "data: [DONE]");
    try (var server = FakeDeepSeek.start(Script.stream(events))) {
      Shell.Result result = ask(server);

      assertThat(result.out()).startsWith("It is");
      assertThat(result.code()).isEqualTo(ExitCode.CUT_OFF);
      assertThat(result.err()).contains("the answer ends after 2 tokens").contains("raise --reply");
    }
  }

  @Test
  void anEmptyAnswerIsNoSuccess() {
    try (var server = FakeDeepSeek.start(Script.answer(" "))) {
      Shell.Result result = ask(server);

      assertThat(result.code()).isEqualTo(ExitCode.NO_ANSWER);
      assertThat(result.err()).contains("the model's answer is empty");
    }
  }

  @Test
  void withoutAModelTheEvidenceIsShown() {
    Shell.Result result =
        new Shell(folder.resolve("home")).run("ask", corpus(), QUESTION, "--budget", "4k");

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).contains("broker.md:1-3").contains("The broker rebalances at noon.");
    assertThat(result.err()).contains("no model is connected").contains("DEEPSEEK_API_KEY");
  }

  @Test
  void aNamedModelWithoutAKeySaysSo() {
    Shell.Result result =
        new Shell(folder.resolve("home"))
            .run("ask", corpus(), QUESTION, "--model", "deepseek-flash");

    assertThat(result.code()).isEqualTo(ExitCode.NO_PERMISSION);
    assertThat(result.err()).contains("DEEPSEEK_API_KEY");
  }

  @Test
  void aDearQuestionWantsAYes() {
    try (var server = FakeDeepSeek.start(Script.answer("yes"))) {
      Shell shell = shell().with("BRIMFUL_SPEND_USD_MAX", "0.000001");

      Shell.Result refused = ask(shell, server);
      Shell.Result confirmed = ask(shell, server, "--yes");

      assertThat(refused.code()).isEqualTo(ExitCode.NOT_CONFIRMED);
      assertThat(refused.err()).contains("add --yes");
      assertThat(confirmed.code()).isEqualTo(ExitCode.OK);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void onlyWhatChangedIsReadAgainAndWhatVanishedIsGone() throws IOException {
    Path broker = Path.of(corpus(), "broker.md");
    try (var server = FakeDeepSeek.start(Script.answer("ok"))) {
      ask(server);
      Files.writeString(broker, "# Broker\n\nThe broker rebalances at midnight.\n");
      Files.delete(Path.of(corpus(), "other.md"));

      ask(server);

      assertThat(server.requests().getLast().body())
          .contains("at midnight")
          .doesNotContain("at noon")
          .doesNotContain("Nothing to see here");
    }
  }

  @Test
  void aSessionSendsItsPrefixAsATurnOfItsOwn() throws IOException {
    try (var server = FakeDeepSeek.start(Script.answer("At noon [broker.md:1-3]."))) {
      Shell.Result result = ask(server, "--session", "20", "--budget", "4k");
      ask(server);

      JsonNode own = messages(server.requests().getFirst().body());
      JsonNode usual = messages(server.requests().getLast().body());
      assertThat(result.out()).contains("[ok] broker.md:1-3\n");
      assertThat(own.findValuesAsText("role"))
          .containsExactly("system", "user", "assistant", "user");
      assertThat(own.path(1).path("content").asText())
          .contains("The broker rebalances at noon.")
          .doesNotContain(QUESTION);
      assertThat(own.path(3).path("content").asText()).contains(QUESTION);
      assertThat(usual.findValuesAsText("role")).containsExactly("system", "user");
    }
  }

  private static JsonNode messages(String body) throws IOException {
    return new ObjectMapper().readTree(body).path("messages");
  }
}
