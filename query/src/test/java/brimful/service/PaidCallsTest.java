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

final class PaidCallsTest {
  private static final Instant SUNDAY = Instant.parse("2026-11-22T12:00:00Z");
  private static final String TOOL = "a tool that looks things up. ".repeat(40);

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

  private static PaidReply send(List<String> events, CallOptions options) {
    try (var fake = FakeDeepSeek.start(Script.stream(events))) {
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
      var granted = (Spender.Decision.Granted) new FreeSpender().decide(1);
      return calls.send(choice, WINDOW, options, granted.reservation(), _ -> {});
    }
  }

  private static ModelProfile model(String baseUrl) {
    return ModelCatalog.builtIn().defaultProfile().at(baseUrl);
  }
}
