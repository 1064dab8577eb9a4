package brimful.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brimful.pack.Window;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AskerTest {
  private static final String KEY = "sk-0123456789abcdef0123456789abcdef";
  private static final Window WINDOW =
      new Window(
          "Cite.\n",
          "<documents>\n</documents>\n",
          "Where?",
          20,
          100,
          true,
          List.of(),
          List.of(),
          9);
  private static final List<String> EVENTS =
      Script.answerEvents(
          List.of("Let me ", "see."), List.of("In ", "a.java", " \u00e9\ud83d\ude00."));

  private final StringBuilder streamed = new StringBuilder();
  private final StringBuilder reasoned = new StringBuilder();

  @Test
  void sendsExactlyThisRequestOnce() throws IOException {
    try (var fake = FakeDeepSeek.start(Script.answer("Yes."))) {
      ask(fake, Map.of("BRIMFUL_THINKING", "off", "BRIMFUL_REPLY_TOKENS", "1234"));

      assertThat(fake.requests()).hasSize(1);
      FakeDeepSeek.Request request = fake.requests().getFirst();
      assertThat(request.method() + " " + request.path()).isEqualTo("POST /chat/completions");
      assertThat(request.headers())
          .containsEntry("authorization", "Bearer " + KEY)
          .containsEntry("content-type", "application/json")
          .doesNotContainKey("upgrade");
      assertThat(new ObjectMapper().readTree(request.body()))
          .isEqualTo(
              new ObjectMapper()
                  .readTree(
                      """
                      {"model": "deepseek-flash",
                       "messages": [
                         {"role": "system", "content": "Cite.\\n"},
                         {"role": "user", "content": "<documents>\\n</documents>\\nWhere?"}],
                       "stream": true,
                       "stream_options": {"include_usage": true},
                       "max_tokens": 1234,
                       "thinking": {"type": "disabled"}}
                      """));
    }
  }

  @Test
  void sendsNoThinkingUnlessAskedAndTheReplyThatIsKeptFree() throws IOException {
    try (var fake = FakeDeepSeek.start(Script.answer("Yes."))) {
      ask(fake, Map.of());

      JsonNode sent = new ObjectMapper().readTree(fake.requests().getFirst().body());
      assertThat(sent.has("thinking")).isFalse();
      assertThat(sent.path("max_tokens").asInt()).isEqualTo(32_768);
    }
  }

  @Test
  void callsTheReplyMaxCompletionTokensForOpenAi() throws IOException {
    try (var fake = FakeDeepSeek.start(Script.answer("Yes."))) {
      ModelProfile gpt = Catalog.builtIn().find("gpt-5.5").at(fake.baseUrl());

      asker(gpt, Map.of()).ask(WINDOW, streamed::append);

      JsonNode sent = new ObjectMapper().readTree(fake.requests().getFirst().body());
      assertThat(sent.path("max_completion_tokens").asInt()).isEqualTo(32_768);
      assertThat(sent.has("max_tokens")).isFalse();
    }
  }

  @Test
  void streamsTextAndReasoningApartAndReadsTheUsage() {
    try (var fake = FakeDeepSeek.start(Script.stream(EVENTS))) {
      Reply reply = ask(fake, Map.of());

      assertThat(reply).isInstanceOf(Reply.Answered.class);
      var answered = (Reply.Answered) reply;
      assertThat(answered.text()).isEqualTo("In a.java \u00e9\ud83d\ude00.");
      assertThat(answered.usage()).isEqualTo(new Usage(3353, 3328, 0, 41, 12));
      assertThat(answered.finish()).isEqualTo("stop");
      assertThat(answered.model()).isEqualTo("deepseek-flash");
      assertThat(answered.notice()).isEmpty();
      assertThat(streamed).hasToString(answered.text());
      assertThat(reasoned).hasToString("Let me see.");
      assertThat(fake.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"crlf", "keep-alive", "unchunked", "bytes", "stays-open", "no-done"})
  void readsTheSameAnswerHoweverItIsSent(String way) {
    Script script =
        switch (way) {
          case "crlf" -> Script.stream(EVENTS).withCrLf();
          case "keep-alive" -> Script.stream(Script.withKeepAlives(EVENTS, 50));
          case "unchunked" -> Script.stream(EVENTS).unchunked();
          case "bytes" ->
              Script.stream(EVENTS.stream().map(e -> e.replace("\ud83d\ude00", "")).toList())
                  .inPiecesOf(7);
          case "stays-open" -> Script.stream(EVENTS).ending(Script.End.STALL);
          default -> Script.stream(EVENTS.subList(0, EVENTS.size() - 1));
        };
    try (var fake = FakeDeepSeek.start(script)) {
      Reply reply = ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Answered.class,
              answered -> {
                assertThat(answered.text()).startsWith("In a.java \u00e9").endsWith(".");
                assertThat(answered.usage().cached()).isEqualTo(3328);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CUT", "WHOLE", "unchunked"})
  void tellsAStreamThatWasCutFromAWholeOne(String end) {
    Script start = Script.stream(EVENTS.subList(0, 6));
    Script script =
        end.equals("unchunked") ? start.unchunked() : start.ending(Script.End.valueOf(end));
    try (var fake = FakeDeepSeek.start(script)) {
      Reply reply = ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.CutOff.class,
              cut -> {
                assertThat(cut.text()).isEqualTo("In a.java");
                assertThat(streamed).hasToString(cut.text());
                assertThat(cut.cause()).contains("middle of the answer").contains("is kept");
              });
      assertThat(fake.requests()).hasSize(1);
    }
  }

  @Test
  void keepsWhatCameBeforeAReset() {
    Script script = Script.stream(EVENTS.subList(0, 6)).ending(Script.End.STALL);
    try (var fake = FakeDeepSeek.start(script)) {
      Reply reply =
          asker(profile(fake.baseUrl()), Map.of())
              .ask(
                  WINDOW,
                  delta -> {
                    if (delta.equals("a.java")) {
                      fake.reset();
                    }
                  });

      assertThat(reply)
          .isEqualTo(
              new Reply.CutOff(
                  "In a.java",
                  "the connection broke in the middle of the answer: what came is kept; ask again for the whole answer"));
    }
  }

  @Test
  @Tag("slow")
  void keepsWhatCameBeforeAStall() {
    Script script = Script.stream(EVENTS.subList(0, 6)).ending(Script.End.STALL);
    try (var fake = FakeDeepSeek.start(script)) {
      Reply reply = ask(fake, Map.of("BRIMFUL_SILENCE_MAX", "3s"));

      assertThat(reply)
          .isEqualTo(
              new Reply.CutOff(
                  "In a.java",
                  "nothing more came for 3 s: what came is kept; ask again for the whole answer"));
    }
  }

  @Test
  @Tag("slow")
  void doesNotWaitForAnAnswerForeverThatOnlyKeepsAlive() {
    Script script = Script.stream(List.of(": keep-alive")).ending(Script.End.STALL);
    try (var fake = FakeDeepSeek.start(script)) {
      Reply reply = ask(fake, Map.of("BRIMFUL_SILENCE_MAX", "1s"));

      assertThat(reply)
          .isEqualTo(
              new Reply.Refused(
                  Reply.Kind.TIMEOUT, "no answer came in 1 s: try again, or raise silence_max"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | OVERFLOW | prompt of 20 tokens and 4 of template is more than deepseek-flash takes (400), which is planned with a window of 1,000,000: lower --budget [it says: This model's maximum context length is 1048576 tokens",
        "401 | KEY | does not take the key sk-...cdef (401): set DEEPSEEK_API_KEY to a valid one [it says: Authentication Fails",
        "402 | BALANCE | deepseek has no balance left (402): top up the account [it says: Insufficient Balance]",
        "404 | REQUEST | no model deepseek-flash, or no chat there (404): check the model and --base-url",
        "422 | REQUEST | does not take the request (422): check the model and its settings [it says: Invalid parameters]",
        "429 | RATE | takes no more requests for now (429): try again in 17 s [it says: Rate limit reached]",
        "500 | SERVER | failed (500): try again in a minute [it says: Internal server error]",
        "503 | SERVER | is overloaded (503): try again in 30 s [it says: Service is too busy]",
        "301 | REQUEST | answers with status 301 instead of a reply: check --base-url"
      })
  void saysWhatARefusalMeansAndNeverAsksAgain(int status, Reply.Kind kind, String message) {
    try (var fake = FakeDeepSeek.start(Script.error(status))) {
      Reply reply = ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Refused.class,
              refused -> {
                assertThat(refused.kind()).isEqualTo(kind);
                assertThat(refused.message()).contains(message).doesNotContain("\n");
              });
      assertThat(fake.requests()).hasSize(1);
    }
  }

  @Test
  void neverRepeatsTheKeyThatAServerSaysBack() {
    try (var fake = FakeDeepSeek.start(Script.error(401, "x", "wrong: " + KEY + "\n" + KEY))) {
      Reply reply = ask(fake, Map.of());

      assertThat(reply.toString()).contains("wrong: sk-...cdef").doesNotContain(KEY);
    }
  }

  @Test
  void takesAnErrorInTheStreamForARefusal() {
    Script script =
        Script.stream(
            List.of(
                "data: {\"error\":{\"message\":\"context length exceeded\",\"type\":\"x\",\"param\":null,\"code\":400}}"));
    try (var fake = FakeDeepSeek.start(script)) {
      Reply reply = ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Refused.class,
              refused -> assertThat(refused.kind()).isEqualTo(Reply.Kind.OVERFLOW));
    }
  }

  @Test
  void keepsTheTextBeforeAnErrorInTheStream() {
    Script script =
        Script.stream(List.of(Script.text("In "), "data: {\"error\":{\"message\":\"oops\"}}"));
    try (var fake = FakeDeepSeek.start(script)) {
      Reply reply = ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.CutOff.class,
              cut -> {
                assertThat(cut.text()).isEqualTo("In ");
                assertThat(cut.cause()).contains("oops");
              });
    }
  }

  @Test
  void saysThatTheReplyWasTooLongForItsRoom() {
    Script script =
        Script.stream(
            List.of(
                Script.text("In"),
                Script.finish("length"),
                Script.usage(9, 0, 2, 0),
                "data: [DONE]"));
    try (var fake = FakeDeepSeek.start(script)) {
      Reply reply = ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Answered.class,
              answered ->
                  assertThat(answered.notice().orElse(""))
                      .isEqualTo(
                          "the answer ends after 2 tokens, all that were kept free for it: raise --reply"));
    }
  }

  @Test
  void takesAPageForNoStream() {
    Script page =
        new Script(
            200,
            Map.of("Content-Type", "text/html"),
            List.of("<h1>Hello</h1>"),
            true,
            Script.End.WHOLE);
    try (var fake = FakeDeepSeek.start(page)) {
      Reply reply = ask(fake, Map.of());

      assertThat(reply.toString())
          .contains(
              "answers with \"text/html\" instead of a stream: check --base-url [it says: Hello]");
    }
  }

  @Test
  void saysThatNothingListens() throws IOException {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }

    Reply reply =
        asker(profile("http://127.0.0.1:" + port), Map.of()).ask(WINDOW, streamed::append);

    assertThat(reply)
        .isEqualTo(
            new Reply.Refused(
                Reply.Kind.UNREACHABLE,
                "http://127.0.0.1:%d refuses the connection: check --base-url, or start the server"
                    .formatted(port)));
  }

  @Test
  void saysThatAHostIsNotKnown() {
    Reply reply =
        asker(profile("http://no-such-host.invalid"), Map.of()).ask(WINDOW, streamed::append);

    assertThat(reply)
        .isEqualTo(
            new Reply.Refused(
                Reply.Kind.UNREACHABLE,
                "the host of http://no-such-host.invalid is not known: check --base-url and the network"));
  }

  @Test
  void sendsNothingWithoutAKey() {
    try (var fake = FakeDeepSeek.start(Script.answer("Yes."))) {
      var asker = new Asker(profile(fake.baseUrl()), ApiKey.NONE, settings(Map.of()));

      Reply reply = asker.ask(WINDOW, streamed::append);

      assertThat(reply)
          .isEqualTo(
              new Reply.Refused(
                  Reply.Kind.KEY,
                  "no key for deepseek: set DEEPSEEK_API_KEY, or `brimful config set api_key.deepseek KEY`"));
      assertThat(fake.requests()).isEmpty();
    }
  }

  @Test
  void tellsSilenceBeforeTheAnswerFromSilenceInIt() {
    var reply =
        new ReplyBuilder(new Refusals(profile("http://host"), ApiKey.NONE, 9), streamed::append);

    Reply before = reply.silent(Duration.ofMinutes(15));
    boolean last = reply.add(new Piece.Text("In "));
    Reply after = reply.silent(Duration.ofMinutes(15));

    assertThat(last).isFalse();
    assertThat(before)
        .isEqualTo(
            new Reply.Refused(
                Reply.Kind.TIMEOUT, "no answer came in 900 s: try again, or raise silence_max"));
    assertThat(after)
        .isEqualTo(
            new Reply.CutOff(
                "In ",
                "nothing more came for 900 s: what came is kept; ask again for the whole answer"));
  }

  @Test
  void stopsWhenItsThreadIsInterruptedAndKeepsWhatCame() throws InterruptedException {
    Script script = Script.stream(EVENTS.subList(0, 6)).ending(Script.End.STALL);
    try (var fake = FakeDeepSeek.start(script)) {
      var second = new CountDownLatch(2);
      var reply = new AtomicReference<Reply>(new Reply.CutOff("", ""));
      Thread asking =
          Thread.ofPlatform()
              .start(() ->
                  reply.set(
                      asker(profile(fake.baseUrl()), Map.of())
                          .ask(WINDOW, _ -> second.countDown())));
      second.await();

      asking.interrupt();
      asking.join();

      assertThat(reply.get())
          .isEqualTo(
              new Reply.CutOff(
                  "In a.java",
                  "it was stopped: what came is kept; ask again for the whole answer"));
    }
  }

  @Test
  void hearsALongAnswerThroughASlowListener() {
    String[] deltas = new String[3_000];
    java.util.Arrays.setAll(deltas, i -> i + " ");
    try (var fake = FakeDeepSeek.start(Script.answer(deltas))) {
      Reply reply = ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Answered.class,
              answered -> assertThat(answered.text()).isEqualTo(String.join("", deltas)));
    }
  }

  @Test
  void refusesThinkingWhereThereIsNoSwitch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> asker(Catalog.builtIn().find("gpt-5"), Map.of("BRIMFUL_THINKING", "off")))
        .withMessage("model gpt-5 has no switch for thinking: set thinking to default");
  }

  private Reply ask(FakeDeepSeek fake, Map<String, String> environment) {
    return asker(profile(fake.baseUrl()), environment)
        .ask(
            WINDOW,
            new Asker.Listener() {
              @Override
              public void text(String delta) {
                streamed.append(delta);
              }

              @Override
              public void reasoning(String delta) {
                reasoned.append(delta);
              }
            });
  }

  private static ModelProfile profile(String baseUrl) {
    return Catalog.builtIn().defaultProfile().at(baseUrl);
  }

  private static Asker asker(ModelProfile profile, Map<String, String> environment) {
    return new Asker(profile, new ApiKey(KEY), settings(environment));
  }

  private static Settings settings(Map<String, String> environment) {
    var all = new java.util.TreeMap<>(environment);
    all.put("BRIMFUL_HOME", "/no/such/folder");
    return Settings.read(all);
  }
}
