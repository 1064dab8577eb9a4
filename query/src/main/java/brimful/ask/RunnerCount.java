package brimful.ask;

import brimful.model.ApiKey;
import brimful.model.LocalRunner;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.pack.Window;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Has a local runner count prompts with the tokenizer of the model that it has loaded.
///
/// Counting costs a runner about three seconds for a million tokens. Whatever fails, the runner is
/// taken for one that cannot count: the estimate is an upper bound for most models. Thread-safe.
public final class RunnerCount {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
  private static final int TEMPLATED_BYTES_MAX = 64 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalRunner.Kind kind;
  private final String root;
  private final ModelProfile model;
  private final ApiKey key;

  private RunnerCount(LocalRunner.Kind kind, ModelProfile model, ApiKey key) {
    this.kind = kind;
    this.root = model.endpoint().baseUrl().replaceAll("/v1$", "");
    this.model = model;
    this.key = key;
  }

  /// A count of a prompt.
  ///
  /// @param template whether it includes what the chat template adds
  public record Count(int tokens, boolean template) {}

  /// Returns the count of a choice's runner; empty if none has the model, or it does not count.
  public static Optional<RunnerCount> of(ModelChoice choice) {
    return choice
        .runner()
        .filter(runner -> runner.kind().counts())
        .map(runner ->
            new RunnerCount(runner.kind(), choice.model(), choice.key().orElse(ApiKey.NONE)));
  }

  /// Counts the text of a window; empty if the runner does not answer.
  public Optional<Count> of(Window window) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build();
    try {
      return switch (kind) {
        case LLAMA_CPP -> llamaCpp(client, window);
        case VLLM ->
            count(client, "/tokenize", chat(window).put("add_generation_prompt", true))
                .map(tokens -> new Count(tokens, true));
        case SGLANG ->
            count(client, "/tokenize", named().put("prompt", window.prompt()))
                .map(tokens -> new Count(tokens, false));
        case LM_STUDIO, OLLAMA -> Optional.empty();
      };
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      client.shutdownNow();
    }
  }

  /// Newer servers count a chat; older ones write it out as their template has it.
  private Optional<Count> llamaCpp(HttpClient client, Window window)
      throws IOException, InterruptedException {
    ObjectNode chat = chat(window);
    Optional<Integer> whole = count(client, "/v1/chat/completions/input_tokens", chat);
    if (whole.isPresent()) {
      return whole.map(tokens -> new Count(tokens, true));
    }
    Optional<String> written = templated(client, chat);
    ObjectNode text =
        JSON.createObjectNode()
            .put("content", written.orElseGet(window::prompt))
            .put("add_special", true)
            .put("parse_special", written.isPresent());
    return count(client, "/tokenize", text).map(tokens -> new Count(tokens, written.isPresent()));
  }

  private Optional<String> templated(HttpClient client, ObjectNode chat)
      throws IOException, InterruptedException {
    try (InputStream body =
        post(client, "/apply-template", chat).orElse(InputStream.nullInputStream())) {
      JsonNode answer = JSON.readTree(body.readNBytes(TEMPLATED_BYTES_MAX));
      return Optional.ofNullable(answer.path("prompt").textValue());
    }
  }

  private ObjectNode named() {
    return JSON.createObjectNode().put("model", model.id());
  }

  private ObjectNode chat(Window window) {
    ObjectNode chat = named();
    ArrayNode messages = chat.putArray("messages");
    List<String> texts = Messages.of(window, model.cache());
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0 || !texts.get(i).isBlank()) {
        String role = i == 0 ? "system" : i % 2 == 0 ? "assistant" : "user";
        messages.addObject().put("role", role).put("content", texts.get(i));
      }
    }
    return chat;
  }

  private Optional<Integer> count(HttpClient client, String path, ObjectNode question)
      throws IOException, InterruptedException {
    Optional<InputStream> answer = post(client, path, question);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream body = answer.get();
        JsonParser parser = JSON.createParser(body)) {
      OptionalInt read = read(parser);
      return read.isPresent() ? Optional.of(read.getAsInt()) : Optional.empty();
    }
  }

  /// Reads a number that is stated, or else the length of the list of tokens, which is not kept.
  private static OptionalInt read(JsonParser parser) throws IOException {
    OptionalInt listed = OptionalInt.empty();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return listed;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_NUMBER_INT
          && (name.equals("input_tokens") || name.equals("count"))) {
        return OptionalInt.of(parser.getIntValue());
      }
      if (value == JsonToken.START_ARRAY && name.equals("tokens")) {
        int tokens = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          parser.skipChildren();
          tokens++;
        }
        listed = OptionalInt.of(tokens);
      } else {
        parser.skipChildren();
      }
    }
    return listed;
  }

  private Optional<InputStream> post(HttpClient client, String path, ObjectNode question)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(ANSWER_MAX)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(question.toString()));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key.value());
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      return Optional.of(response.body());
    }
    response.body().close();
    return Optional.empty();
  }
}
