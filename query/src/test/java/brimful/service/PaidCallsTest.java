package brimful.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.ask.CallOptions;
import brimful.ask.Reply;
import brimful.corpus.UserError;
import brimful.model.ApiKey;
import brimful.model.Cost;
import brimful.model.ModelCatalog;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.model.Usage;
import brimful.pack.Window;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FreeSpender;
import brimful.testing.Script;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaidCallsTest {
  @TempDir private Path folder;

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
        "{\"error\":{\"message\":\"oops\",\"code\":408}}",
        "{\"error\":{\"message\":\"oops\",\"code\":424}}",
        "{\"error\":{\"message\":\"oops\",\"code\":499}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\"}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"invalid_request_error\",\"code\":\"json_validate_failed\"}}",
        "{\"error\":{\"message\":\"oops\",\"code\":400,\"failed_generation\":\"the context window\"}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"invalid_model_output\"}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"worker_not_found\"}}",
        "{\"error\":{\"message\":\"too many tokens were generated\",\"code\":400}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"quota_server_restarted\"}}",
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
        "{\"error\":{\"message\":\"Context size has been exceeded.\",\"type\":\"server_error\",\"code\":500}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"rate_limit_error\"}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"BadRequestError\"}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"exceeded_current_quota_error\"}}",
        "{\"error\":{\"message\":\"oops\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}",
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

  private static List<String> answered(String... usages) {
    var events = new ArrayList<String>();
    events.add(Script.text("Here, and there."));
    events.add(Script.finish("stop"));
    for (String usage : usages) {
      events.add("data: {\"choices\":[],\"usage\":" + usage + "}");
    }
    events.add("data: [DONE]");
    return events;
  }

  /// Some servers say usage with each piece, some what they read first and what they wrote last.
  @Test
  void booksTheWholeOfAUsageThatIsSaidInParts() {
    PaidReply paid =
        send(
            answered(
                "{\"prompt_tokens\":400,\"completion_tokens\":1,\"prompt_tokens_details\":{\"cached_tokens\":100}}",
                "{\"completion_tokens\":70}",
                "{}",
                "{\"prompt_tokens\":300,\"completion_tokens\":9}"),
            CallOptions.NONE);

    assertThat(paid.usage()).isEqualTo(new Usage(400, 0, 0, 70, 0));
    assertThat(paid.usd()).isEqualTo(Cost.of(model(""), paid.usage(), SUNDAY));
  }

  @Test
  void booksNoLessThanWeCountOfAUsageThatIsSaidOfPieces() {
    PaidReply paid =
        send(
            answered(
                "{\"prompt_tokens\":400,\"completion_tokens\":3}",
                "{\"prompt_tokens\":400,\"completion_tokens\":2}"),
            CallOptions.NONE);

    assertThat(paid.usage().completion())
        .isEqualTo(Tokenizers.named("deepseek-v3").count("Here, and there."))
        .isGreaterThan(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt_tokens\":9223372036854775807,\"completion_tokens\":70}",
        "{\"prompt_tokens\":1e300,\"completion_tokens\":70}",
        "{\"prompt_tokens\":400,\"completion_tokens\":9e18}",
        "{\"prompt_tokens\":1,\"completion_tokens\":70}",
        "{\"prompt_tokens\":400,\"completion_tokens\":0}"
      })
  void booksTheMostForAUsageThatCannotBe(String usage) {
    PaidReply paid = send(answered(usage), CallOptions.NONE);

    assertThat(paid.usd()).isEqualTo(USD_MOST);
    assertThat(paid.mayBeBilled()).isTrue();
    assertThat(paid.usage().prompt()).isBetween(20L, 40L);
    assertThat(paid.usage().completion())
        .isEqualTo(Tokenizers.named("deepseek-v3").count("Here, and there."));
  }

  @Test
  void booksOurCountsForANegativeUsage() {
    PaidReply paid =
        send(answered("{\"prompt_tokens\":-400,\"completion_tokens\":-70}"), CallOptions.NONE);

    assertThat(paid.usage().prompt()).isBetween(20L, 40L);
    assertThat(paid.usd()).isEqualTo(Cost.of(model(""), paid.usage(), SUNDAY)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void booksTheHigherPriceOfTheHoursOfACall(boolean dearAtLast) {
    Instant dear = Instant.parse("2026-11-23T06:30:00Z");
    var hours = new ArrayList<>(List.of(SUNDAY, dear));
    if (!dearAtLast) {
      Collections.reverse(hours);
    }
    Iterator<Instant> times = hours.iterator();
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return times.next();
          }
        };

    PaidReply paid =
        send(
            Script.stream(answered("{\"prompt_tokens\":400,\"completion_tokens\":70}")),
            CallOptions.NONE,
            clock,
            Map.of(),
            new FreeSpender());

    var usage = new Usage(400, 0, 0, 70, 0);
    assertThat(paid.usd())
        .isEqualTo(Cost.of(model(""), usage, dear))
        .isGreaterThan(Cost.of(model(""), usage, SUNDAY));
  }

  @Test
  void whatCannotBeSentCostsNothing() {
    var ledger = new SpendLedger(folder, Clock.systemUTC());

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() ->
            send(
                Script.answer("No."),
                CallOptions.NONE,
                Clock.systemUTC(),
                Map.of("BRIMFUL_THINKING", "off"),
                ledger.spender(SpendAccount.LOCAL)))
        .withMessageContaining("has no switch for thinking");

    assertThat(ledger.balance("local")).isEqualTo(new SpendLedger.Balance(0, 0));
  }

  private static PaidReply send(List<String> events, CallOptions options) {
    return send(Script.stream(events), options);
  }

  private static PaidReply send(Script script, CallOptions options) {
    return send(script, options, Clock.fixed(SUNDAY, ZoneOffset.UTC), Map.of(), new FreeSpender());
  }

  private static PaidReply send(
      Script script,
      CallOptions options,
      Clock clock,
      Map<String, String> environment,
      Spender spender) {
    try (var fake = FakeDeepSeek.start(script)) {
      var all = new TreeMap<>(environment);
      all.put("BRIMFUL_HOME", "/no/such/folder");
      ModelProfile model =
          environment.isEmpty() ? model(fake.baseUrl()) : ModelCatalog.builtIn().find("gpt-5");
      var choice =
          new ModelChoice(
              model, Optional.of(new ApiKey("sk-0123456789abcdef0123456789abcdef")), 1_000);
      var calls = new PaidCalls(new Admission(Admission.Observer.NONE), Settings.read(all), clock);
      return calls.send(choice, WINDOW, options, spender.reserve(USD_MOST), _ -> {});
    }
  }

  private static ModelProfile model(String baseUrl) {
    return ModelCatalog.builtIn().defaultProfile().at(baseUrl);
  }
}
