package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.testing.FakeDeepSeek;
import brimful.testing.ObligingModel;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// LangChain4j's own client gets tools, structured output, streams and refusals.
final class LangChain4jClientTest {
  private static final JsonObjectSchema PLACE =
      JsonObjectSchema.builder().addStringProperty("place").required("place").build();
  private static final ToolSpecification WEATHER =
      ToolSpecification.builder().name("weather").parameters(PLACE).build();

  @TempDir private Path folder;
  private FakeDeepSeek model;
  private TestServer testServer;

  @BeforeEach
  void serve() {
    model = FakeDeepSeek.start(0, Duration.ZERO, ObligingModel::answer);
    testServer =
        TestServer.with(folder, model)
            .file("otters.md", "# Otters\n\nThey swim in rivers.\n")
            .collection("docs");
  }

  @AfterEach
  void stop() {
    testServer.close();
    model.close();
  }

  private OpenAiChatModel.OpenAiChatModelBuilder client(String name) {
    return OpenAiChatModel.builder()
        .baseUrl("http://127.0.0.1:%s/v1".formatted(testServer.port))
        .apiKey("none")
        .maxRetries(0)
        .modelName(name);
  }

  @Test
  void callsAToolAndSendsItsResult() {
    OpenAiChatModel client = client("brimful/docs").build();
    var question = UserMessage.from("Where do otters swim today?");

    ChatResponse called =
        client.chat(ChatRequest.builder().messages(question).toolSpecifications(WEATHER).build());

    assertThat(called.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    var request = called.aiMessage().toolExecutionRequests().getFirst();
    assertThat(request.arguments()).isEqualTo("{\"place\":\"rivers\"}");

    ChatResponse answered =
        client.chat(
            ChatRequest.builder()
                .messages(
                    question,
                    called.aiMessage(),
                    ToolExecutionResultMessage.from(request, "it rains"))
                .toolSpecifications(WEATHER)
                .build());

    assertThat(answered.aiMessage().text()).isEqualTo("It says it rains.");
    assertThat(model.requests().getLast().body()).contains("They swim in rivers.");
  }

  @Test
  void getsAnAnswerInTheFormOfASchema() {
    var format =
        ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder().name("place").rootElement(PLACE).build())
            .build();

    ChatResponse answered =
        client("brimful/docs/gpt-5")
            .build()
            .chat(
                ChatRequest.builder()
                    .messages(UserMessage.from("Where do otters swim?"))
                    .responseFormat(format)
                    .build());

    assertThat(answered.aiMessage().text()).isEqualTo("{\"place\":\"rivers\"}");
  }

  @Test
  void streamsAnAnswer() throws Exception {
    var client =
        OpenAiStreamingChatModel.builder()
            .baseUrl("http://127.0.0.1:%s/v1".formatted(testServer.port))
            .apiKey("none")
            .modelName("brimful/docs")
            .temperature(0.1)
            .maxCompletionTokens(300)
            .build();
    var answer = new CompletableFuture<ChatResponse>();

    client.chat(
        "Where do otters swim?",
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String delta) {}

          @Override
          public void onCompleteResponse(ChatResponse response) {
            answer.complete(response);
          }

          @Override
          public void onError(Throwable cause) {
            answer.completeExceptionally(cause);
          }
        });

    ChatResponse whole = answer.get(30, TimeUnit.SECONDS);
    assertThat(whole.aiMessage().text()).isEqualTo("In rivers.");
    assertThat(whole.tokenUsage().inputTokenCount()).isPositive();
    assertThat(TestServer.tree(model.requests().getLast().body()).path("max_tokens").asInt())
        .isEqualTo(300);
  }

  @Test
  void hearsWhichParameterIsRefused() {
    OpenAiChatModel client = client("brimful/docs").seed(7).build();

    assertThatThrownBy(() -> client.chat("Where do otters swim?"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("deepseek-flash does not take \\\"seed\\\"");
  }
}
