package brimful.service;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.ask.CallOptions;
import brimful.ask.Reply;
import brimful.model.ApiKey;
import brimful.model.Cost;
import brimful.model.ModelCatalog;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.pack.Window;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FreeSpender;
import brimful.testing.Script;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaidCallsTest {
  private static final Instant SUNDAY = Instant.parse("2026-11-22T12:00:00Z");
  private static final String TOOL = "a tool that looks things up. ".repeat(40);

  private static final String ROLE = "{\"role\":\"assistant\",\"content\":\"\"}";
  private static final double USD_MOST = 1.5;

  private static final Window WINDOW =
      new Window(
          "Cite.\n",
          "",
          "<documents>\n</documents>\n",
          "Where?",
          20,
          100,
          true,
          List.of(),
          List.of(),
          9);

  @Test
  void booksThoughtsOfAReplyWithoutUsage() {
    String thought = "First I look here, and then I look there. ".repeat(50);
    List<String> events = Script.answerEvents(List.of(thought), List.of("Here."));
    List<String> silent = events.stream().filter(event -> !event.contains("\"usage\":{")).toList();

    PaidReply paid = send(silent, CallOptions.NONE);

    TokenCounter counter = Tokenizers.named("deepseek-v3");
    assertThat(silent).hasSizeLessThan(events.size());
    assertThat(paid.usage().reasoning()).isEqualTo(counter.count(thought));
    assertThat(paid.usage().completion())
        .isEqualTo(counter.count(thought) + counter.count("Here."));
    assertThat(paid.usd()).isEqualTo(Cost.of(model(""), paid.usage(), SUNDAY));
  }

  @Test
  void booksToolsAndTheirCallsOfAReplyWithoutUsage() {
    String call =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{\\\"at\\\":\\\"everything that there is\\\"}\"}}]}}]}";
    var tools = JsonNodeFactory.instance.arrayNode().add(TOOL);
    var options = new CallOptions(0, Map.of("tools", tools), List.of(), List.of());

    PaidReply paid = send(List.of(call, Script.finish("tool_calls"), "data: [DONE]"), options);

    assertThat(paid.reply()).isInstanceOf(Reply.Answered.class);
    assertThat(paid.usage().prompt())
        .isGreaterThan(WINDOW.tokens() + Tokenizers.named("deepseek-v3").count(TOOL));
    assertThat(paid.usage().completion()).isGreaterThan(10);
  }

  /// What an error says besides its message.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"oops\"}}",
        "{\"error\":\"oops\"}",
        "{\"error\":{\"message\":\"oops\",\"code\":500}}",
        "{\"error\":{\"message\":\"oops\",\"code\":\"502\"}}",
        "{\"error\":{\"message\":\"oops\"},\"status\":503}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"server_error\",\"code\":\"invalid_request_error\"}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"overloaded_error\"}}",
        "{\"object\":\"error\",\"message\":\"oops\",\"type\":\"InternalServerError\",\"code\":500}"
      })
  void booksTheMostForAnErrorBeforeTheTextUnlessItIsTheRequests(String error) {
    PaidReply paid = send(List.of(Script.delta(ROLE), "data: " + error), CallOptions.NONE);

    assertThat(paid.reply()).isInstanceOf(Reply.Refused.class);
    assertThat(paid.mayBeBilled()).isTrue();
    assertThat(paid.usd()).isEqualTo(USD_MOST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"oops\",\"code\":400}}",
        "{\"error\":{\"message\":\"the prompt is too long\"}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\"}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"insufficient_quota\"}}",
        "{\"error\":{\"message\":\"oops\",\"code\":\"rate_limit_exceeded\"}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"authentication_error\",\"code\":\"invalid_request_error\"}}",
        "{\"object\":\"error\",\"message\":\"oops\",\"type\":\"BadRequestError\",\"code\":400}"
      })
  void booksNothingForAnErrorOfTheRequest(String error) {
    PaidReply paid = send(List.of("data: " + error), CallOptions.NONE);

    assertThat(paid.reply()).isInstanceOf(Reply.Refused.class);
    assertThat(paid.mayBeBilled()).isFalse();
    assertThat(paid.usd()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"WHOLE", "CUT"})
  void booksTheMostForAStreamThatEndsBeforeTheText(Script.End end) {
    for (List<String> begun : List.of(List.<String>of(), List.of(Script.delta(ROLE)))) {
      PaidReply paid = send(Script.stream(begun).ending(end), CallOptions.NONE);

      assertThat(paid.mayBeBilled()).isTrue();
      assertThat(paid.usd()).isEqualTo(USD_MOST);
    }
  }

  private static PaidReply send(List<String> events, CallOptions options) {
    return send(Script.stream(events), options);
  }

  private static PaidReply send(Script script, CallOptions options) {
    try (var fake = FakeDeepSeek.start(script)) {
      var settings = Settings.read(Map.of("BRIMFUL_HOME", "/no/such/folder"));
      var choice =
          new ModelChoice(
              model(fake.baseUrl()),
              Optional.of(new ApiKey("sk-0123456789abcdef0123456789abcdef")),
              1_000);
      var calls =
          new PaidCalls(
              new Admission(Admission.Observer.NONE),
              settings,
              Clock.fixed(SUNDAY, ZoneOffset.UTC));
      var granted = (Spender.Decision.Granted) new FreeSpender().decide(USD_MOST);
      return calls.send(choice, WINDOW, options, granted.reservation(), _ -> {});
    }
  }

  private static ModelProfile model(String baseUrl) {
    return ModelCatalog.builtIn().defaultProfile().at(baseUrl);
  }
}
