package brimful.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.option.QuerySetup;
import brimful.cli.option.Terminal;
import brimful.collection.MemoryCorpus;
import brimful.corpus.DocumentId;
import brimful.pack.Prompt;
import brimful.rank.Rescorer;
import brimful.service.AskRequest;
import brimful.service.QueryService;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChatSessionTest {
  private static final MemoryCorpus CORPUS =
      new MemoryCorpus(
          "docs",
          List.of(
              new MemoryCorpus.Text(
                  new DocumentId("broker.md"), "# Broker\n\nThe broker rebalances at noon.\n"),
              new MemoryCorpus.Text(
                  new DocumentId("other.md"), "# Other\n\nNothing to see here.\n")));

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ChatSession session(Map<String, String> more) {
    var environment = new HashMap<>(more);
    environment.put("BRIMFUL_HOME", folder.toString());
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment);
    QueryService service = QuerySetup.service(environment, terminal, Rescorer.NONE);
    var subject =
        new ChatSession.Subject(CORPUS, Prompt::of, AskRequest.Shape.CANONICAL, List.of(), true);
    return new ChatSession(
        terminal, service, subject, QuerySetup.spender(service.models().settings()), "");
  }

  private ChatSession with(FakeDeepSeek server) {
    return session(
        Map.of(
            "DEEPSEEK_API_KEY", "sk-secret-0123456789abcdef",
            "BRIMFUL_MODEL", "deepseek-flash",
            "BRIMFUL_BASE_URL", server.baseUrl()));
  }

  private ChatSession withoutModel() {
    return session(Map.of());
  }

  private String out() {
    String text = out.toString(StandardCharsets.UTF_8);
    out.reset();
    return text;
  }

  private String err() {
    String text = err.toString(StandardCharsets.UTF_8);
    err.reset();
    return text;
  }

  @Test
  void answersAndListsAndOpensItsSources() {
    try (var server =
        FakeDeepSeek.start(Script.answer("At noon ", "[broker.md:3] and [ghost.md:7]."))) {
      ChatSession session = with(server);

      assertThat(session.take("when does the broker rebalance?")).isTrue();

      assertThat(out())
          .startsWith("At noon [broker.md:3] and [ghost.md:7].\n")
          .contains("  1  [ok] broker.md:3\n", "  2  [??] ghost.md:7");
      assertThat(err()).contains("asking deepseek-flash").contains("tokens in");
      session.take("/open 1");
      assertThat(out()).isEqualTo("[ok] broker.md:3\n     3  The broker rebalances at noon.\n");
      session.take("/open 2");
      assertThat(out()).endsWith("the window does not have this place\n");
      session.take("/open 3");
      assertThat(err()).isEqualTo("brimful: there is no source 3: the last is 2, see /sources\n");
    }
  }

  @Test
  void aQuestionFollowsUpUntilTheConversationIsNew() {
    try (var server = FakeDeepSeek.start(Script.answer("At noon [broker.md:3]."))) {
      ChatSession session = with(server);

      session.take("when does the broker rebalance?");
      session.take("and why?");
      session.take("/new");
      session.take("what else?");

      List<String> bodies = server.requests().stream().map(FakeDeepSeek.Request::body).toList();
      assertThat(bodies).hasSize(3);
      assertThat(bodies.get(0)).doesNotContain("The conversation so far");
      assertThat(bodies.get(1))
          .contains("[user] when does the broker rebalance?", "[assistant] At noon [broker.md:3].");
      assertThat(bodies.get(2)).doesNotContain("The conversation so far", "rebalance?");
    }
  }

  @Test
  void withoutAModelShowsTheEvidence() {
    ChatSession session = withoutModel();

    session.take("when does the broker rebalance?");

    assertThat(out()).contains("broker.md:1-3", "The broker rebalances at noon.");
    assertThat(err()).contains("no model is connected");
    session.take("/sources");
    assertThat(out()).startsWith("  1  broker.md:1-3");
    session.take("/open 1");
    assertThat(out()).contains("     3  The broker rebalances at noon.\n");
  }

  @Test
  void setsTheBudgetAndTheModel() {
    ChatSession session = withoutModel();

    session.take("/budget 8k");
    assertThat(out()).isEqualTo("each window has 8,000 tokens at most\n");
    session.take("when does the broker rebalance?");
    session.take("/budget 9 lives");
    session.take("/model nobody");
    assertThat(err())
        .contains("brimful: budget \"9 lives\" is not a number of tokens")
        .contains("brimful: ")
        .contains("nobody");
    out();
    session.take("/budget");
    session.take("/model");

    assertThat(out())
        .isEqualTo(
            """
            each window has 8,000 tokens at most
            the model is deepseek-flash, which is not connected: see brimful models
            """);
  }

  @Test
  void aBudgetWithoutRoomForDocumentsIsRefusedAtOnce() {
    ChatSession session = withoutModel();

    for (String few : List.of("1", "200")) {
      session.take("/budget " + few);

      assertThat(err())
          .startsWith("brimful: budget of %s tokens leaves no room for documents".formatted(few))
          .contains(": give at least ");
      assertThat(out()).isEmpty();
    }
    session.take("/budget 1k");
    assertThat(out()).isEqualTo("each window has 1,000 tokens at most\n");
  }

  @Test
  void aModelWithoutItsKeyIsNotTaken() {
    ChatSession session = withoutModel();

    session.take("/model gpt-5.5");
    session.take("/model");

    assertThat(err()).startsWith("brimful: no key for openai: set OPENAI_API_KEY");
    assertThat(out()).startsWith("the model is deepseek-flash");
  }

  @Test
  void aFailureEndsTheAnswerAndNotTheSession() {
    try (var server = FakeDeepSeek.start(Script.error(503))) {
      ChatSession session = with(server);

      assertThat(session.take("when does the broker rebalance?")).isTrue();

      assertThat(err()).contains("brimful: ").contains("(503)");
      assertThat(session.take("/sources")).isTrue();
      assertThat(out()).endsWith("no sources: ask a question first\n");
      assertThat(session.take("/quit")).isFalse();
    }
  }

  @Test
  void anInterruptStopsTheAnswerAndNotTheSession() throws InterruptedException {
    try (var server =
        FakeDeepSeek.start(Script.stream(List.of(Script.text("In "))).ending(Script.End.STALL))) {
      ChatSession session = with(server);
      var goesOn = new boolean[1];
      var asking = new Thread(() -> goesOn[0] = session.take("when does it rebalance?"));

      asking.start();
      while (!out.toString(StandardCharsets.UTF_8).contains("In ")) {
        Thread.onSpinWait();
      }
      asking.interrupt();
      asking.join();

      assertThat(goesOn[0]).isTrue();
      assertThat(err()).contains("brimful: ").doesNotContain("defect");
      session.take("/help");
      assertThat(out()).contains("/sources", "/quit");
    }
  }

  /// Listing and indexing fail in many ways in a thread that is interrupted, and all of them are
  /// the same to a person.
  @Test
  void anInterruptBeforeTheAnswerIsNoFailure() {
    try (var server = FakeDeepSeek.start(Script.answer("At noon."))) {
      ChatSession session = with(server);

      Thread.currentThread().interrupt();
      boolean goesOn = session.take("when does it rebalance?");

      assertThat(Thread.interrupted()).isTrue();
      assertThat(goesOn).isTrue();
      assertThat(err()).isEqualTo("brimful: stopped: ask again, or type /quit\n");
      session.take("when does it rebalance?");
      assertThat(out()).contains("At noon.");
    }
  }
}
