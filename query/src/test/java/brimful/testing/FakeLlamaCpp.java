package brimful.testing;

import brimful.testing.FakeDeepSeek.Request;
import brimful.token.TokenCounter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// A server that speaks llama.cpp's protocol, with a vocabulary of the test's choice.
///
/// Its slots share one context, as they do by default: requests that exceed it together fail with
/// status 500, and one that does so alone with 400.
public final class FakeLlamaCpp implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TEMPLATE_TOKENS = 14;
  private static final Duration READS = Duration.ofMillis(20);

  private final Terms terms;
  private final Function<Request, Script> answers;
  private final FakeDeepSeek server;
  private final AtomicLong tokensUnderWay = new AtomicLong();
  private final AtomicInteger callsUnderWay = new AtomicInteger();
  private final AtomicInteger callsMost = new AtomicInteger();
  private final List<Integer> prompts = new CopyOnWriteArrayList<>();
  private final List<String> sent = new CopyOnWriteArrayList<>();

  private volatile int context;

  /// How it was started.
  ///
  /// @param counts whether it has the newer address that counts a chat
  /// @param key empty if anyone may ask
  public record Terms(TokenCounter vocabulary, int context, int slots, boolean counts, String key) {
    /// Returns a server that anyone may ask.
    public static Terms of(TokenCounter vocabulary, int context, int slots) {
      return new Terms(vocabulary, context, slots, true, "");
    }
  }

  private FakeLlamaCpp(Terms terms, Function<Request, Script> answers) {
    this.terms = terms;
    this.answers = answers;
    context = terms.context();
    server = FakeDeepSeek.start(0, Duration.ZERO, this::answer);
  }

  /// Starts a server.
  ///
  /// @param answers what it says to a chat that it has read
  public static FakeLlamaCpp start(Terms terms, Function<Request, Script> answers) {
    return new FakeLlamaCpp(terms, answers);
  }

  /// Returns the address to give as base URL.
  public String baseUrl() {
    return server.baseUrl() + "/v1";
  }

  /// Returns what came so far, counts included.
  public List<Request> requests() {
    return server.requests();
  }

  /// Returns the tokens of the prompts that came to be answered, template included.
  public List<Integer> prompts() {
    return List.copyOf(prompts);
  }

  /// Returns these prompts.
  public List<String> texts() {
    return List.copyOf(sent);
  }

  /// Returns the most calls that were under way at once.
  public int callsMost() {
    return callsMost.get();
  }

  /// Starts it anew with another context, at the same address.
  public void restart(int tokens) {
    context = tokens;
  }

  @Override
  public void close() {
    server.close();
  }

  private Script answer(Request request) {
    String path = request.path();
    boolean open = path.equals("/v1/models") || terms.key().isEmpty();
    if (!open && !("Bearer " + terms.key()).equals(request.headers().get("authorization"))) {
      return error(401, "Invalid API Key", "authentication_error");
    }
    return switch (path) {
      case "/props" ->
          json(
              200,
              "{\"default_generation_settings\":{\"n_ctx\":%s},\"total_slots\":%s,\"model_path\":\"/models/llama/m.gguf\"}"
                  .formatted(context, terms.slots()));
      case "/v1/models" ->
          json(200, "{\"data\":[{\"id\":\"m.gguf\",\"owned_by\":\"llamacpp\",\"meta\":{}}]}");
      case "/v1/chat/completions/input_tokens" ->
          terms.counts()
              ? json(200, "{\"input_tokens\":" + tokens(written(request)) + "}")
              : error(404, "File Not Found", "not_found_error");
      case "/apply-template" ->
          json(200, JSON.createObjectNode().put("prompt", written(request)).toString());
      case "/tokenize" -> tokenized(request);
      case "/v1/chat/completions" -> chat(request);
      default -> error(404, "File Not Found", "not_found_error");
    };
  }

  private Script chat(Request request) {
    String prompt = written(request);
    int tokens = tokens(prompt);
    prompts.add(tokens);
    sent.add(prompt);
    if (tokens >= context) {
      return error(
          400, "the request exceeds the available context size", "exceed_context_size_error");
    }
    int reply = read(request).path("max_tokens").asInt(0);
    long own = Math.min(context, tokens + (long) reply);
    callsMost.accumulateAndGet(callsUnderWay.incrementAndGet(), Math::max);
    try {
      if (tokensUnderWay.addAndGet(own) > context) {
        return error(500, "Context size has been exceeded.", "server_error");
      }
      LockSupport.parkNanos(READS.toNanos());
      return answers.apply(request);
    } finally {
      tokensUnderWay.addAndGet(-own);
      callsUnderWay.decrementAndGet();
    }
  }

  private Script tokenized(Request request) {
    var tokens = new ArrayList<String>();
    int count = terms.vocabulary().count(read(request).path("content").asText());
    for (int i = 0; i < count; i++) {
      tokens.add("7");
    }
    return json(200, "{\"tokens\":[" + String.join(",", tokens) + "]}");
  }

  private int tokens(String written) {
    return terms.vocabulary().count(written) + TEMPLATE_TOKENS;
  }

  private static String written(Request request) {
    var text = new StringBuilder();
    for (JsonNode message : read(request).path("messages")) {
      text.append(message.path("content").asText()).append('\n');
    }
    return text.toString();
  }

  private static JsonNode read(Request request) {
    try {
      return JSON.readTree(request.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Script error(int status, String message, String type) {
    return json(
        status,
        "{\"error\":{\"code\":%s,\"message\":\"%s\",\"type\":\"%s\"}}"
            .formatted(status, message, type));
  }

  private static Script json(int status, String body) {
    return new Script(
        status, Map.of("Content-Type", "application/json"), List.of(body), true, Script.End.WHOLE);
  }
}
