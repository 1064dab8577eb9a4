package brimful.ask;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.model.ApiKey;
import brimful.model.ModelCatalog;
import brimful.model.ModelProfile;
import brimful.model.Usage;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AskerTest {
  private static final List<String> EVENTS =
      Script.answerEvents(
          List.of("Let me ", "see."), List.of("In ", "a.java", " \u00e9\ud83d\ude00."));

  private final AskProbe askProbe = new AskProbe();

  @Test
  void sendsExactlyThisRequestOnce() throws IOException {
    try (var fake = FakeDeepSeek.start(Script.answer("Yes."))) {
      askProbe.ask(fake, Map.of("BRIMFUL_THINKING", "off", "BRIMFUL_REPLY_TOKENS", "1234"));

      assertThat(fake.requests()).hasSize(1);
      FakeDeepSeek.Request request = fake.requests().getFirst();
      assertThat(request.method() + " " + request.path()).isEqualTo("POST /chat/completions");
      assertThat(request.headers())
          .containsEntry("authorization", "Bearer " + AskProbe.KEY)
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
      askProbe.ask(fake, Map.of());

      JsonNode sent = new ObjectMapper().readTree(fake.requests().getFirst().body());
      assertThat(sent.has("thinking")).isFalse();
      assertThat(sent.path("max_tokens").asInt()).isEqualTo(32_768);
    }
  }

  @Test
  void callsTheReplyMaxCompletionTokensForOpenAi() throws IOException {
    try (var fake = FakeDeepSeek.start(Script.answer("Yes."))) {
      ModelProfile gpt = ModelCatalog.builtIn().find("gpt-5.5").at(fake.baseUrl());

      AskProbe.asker(gpt, Map.of()).ask(AskProbe.WINDOW, askProbe.streamed::append);

      JsonNode sent = new ObjectMapper().readTree(fake.requests().getFirst().body());
      assertThat(sent.path("max_completion_tokens").asInt()).isEqualTo(32_768);
      assertThat(sent.has("max_tokens")).isFalse();
    }
  }

  @Test
  void streamsTextAndReasoningApartAndReadsTheUsage() {
    try (var fake = FakeDeepSeek.start(Script.stream(EVENTS))) {
      Reply reply = askProbe.ask(fake, Map.of());

      assertThat(reply).isInstanceOf(Reply.Answered.class);
      var answered = (Reply.Answered) reply;
      assertThat(answered.text()).isEqualTo("In a.java \u00e9\ud83d\ude00.");
      assertThat(answered.usage()).isEqualTo(new Usage(3353, 3328, 0, 41, 12));
      assertThat(answered.finish()).isEqualTo("stop");
      assertThat(answered.model()).isEqualTo("deepseek-flash");
      assertThat(answered.notice()).isEmpty();
      assertThat(askProbe.streamed).hasToString(answered.text());
      assertThat(askProbe.reasoned).hasToString("Let me see.");
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
      Reply reply = askProbe.ask(fake, Map.of());

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
      Reply reply = askProbe.ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.CutOff.class,
              cut -> {
                assertThat(cut.text()).isEqualTo("In a.java");
                assertThat(askProbe.streamed).hasToString(cut.text());
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
          AskProbe.asker(AskProbe.profile(fake.baseUrl()), Map.of())
              .ask(
                  AskProbe.WINDOW,
                  delta -> {
                    if (delta.equals("a.java")) {
                      fake.reset();
                    }
                  });

      assertThat(reply)
          .isEqualTo(
              new Reply.CutOff(
                  "In a.java",
                  "the connection broke in the middle of the answer: the received part is kept; ask again for a complete answer"));
    }
  }

  @Test
  @Tag("slow")
  void keepsWhatCameBeforeAStall() {
    Script script = Script.stream(EVENTS.subList(0, 6)).ending(Script.End.STALL);
    try (var fake = FakeDeepSeek.start(script)) {
      Reply reply = askProbe.ask(fake, Map.of("BRIMFUL_SILENCE_MAX", "3s"));

      assertThat(reply)
          .isEqualTo(
              new Reply.CutOff(
                  "In a.java",
                  "nothing more came for 3 s: the received part is kept; ask again for a complete answer"));
    }
  }

  @Test
  @Tag("slow")
  void doesNotWaitForAnAnswerForeverThatOnlyKeepsAlive() {
    Script script = Script.stream(List.of(": keep-alive")).ending(Script.End.STALL);
    try (var fake = FakeDeepSeek.start(script)) {
      Reply reply = askProbe.ask(fake, Map.of("BRIMFUL_SILENCE_MAX", "1s"));

      assertThat(reply)
          .isEqualTo(
              new Reply.Refused(
                  Reply.Kind.TIMEOUT, "no answer came in 1 s: try again, or raise silence_max"));
    }
  }

  @Test
  void keepsTheTextBeforeAnErrorInTheStream() {
    Script script =
        Script.stream(List.of(Script.text("In "), "data: {\"error\":{\"message\":\"oops\"}}"));
    try (var fake = FakeDeepSeek.start(script)) {
      Reply reply = askProbe.ask(fake, Map.of());

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
      Reply reply = askProbe.ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Answered.class,
              answered ->
                  assertThat(answered.notice().orElse(""))
                      .isEqualTo(
                          "the answer ends after 2 tokens, the room reserved for it: raise --reply"));
    }
  }

  @Test
  void tellsSilenceBeforeTheAnswerFromSilenceInIt() {
    var reply =
        new ReplyBuilder(
            new ProviderErrors(AskProbe.profile("http://host"), ApiKey.NONE, 9),
            askProbe.streamed::append);

    Reply before = reply.silent(Duration.ofMinutes(15));
    boolean last = reply.add(new StreamEvent.Text("In "));
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
                "nothing more came for 900 s: the received part is kept; ask again for a complete answer"));
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
                      AskProbe.asker(AskProbe.profile(fake.baseUrl()), Map.of())
                          .ask(AskProbe.WINDOW, _ -> second.countDown())));
      second.await();

      asking.interrupt();
      asking.join();

      assertThat(reply.get())
          .isEqualTo(
              new Reply.CutOff(
                  "In a.java",
                  "it was stopped: the received part is kept; ask again for a complete answer"));
    }
  }

  @Test
  void hearsALongAnswerThroughASlowListener() {
    String[] deltas = new String[3_000];
    java.util.Arrays.setAll(deltas, i -> i + " ");
    try (var fake = FakeDeepSeek.start(Script.answer(deltas))) {
      Reply reply = askProbe.ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Answered.class,
              answered -> assertThat(answered.text()).isEqualTo(String.join("", deltas)));
    }
  }
}
