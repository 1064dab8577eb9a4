package brimful.testing;

import brimful.testing.FakeDeepSeek.Request;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What [FakeDeepSeek] sends back.
///
/// @param writes each is one HTTP chunk, if it is chunked
/// @param chunked whether the body is; if not, it ends with the connection
public record Script(
    int status, Map<String, String> headers, List<String> writes, boolean chunked, End end) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FIRST_CHUNK =
      Pattern.compile("<document path=\"([^\"]+)\">\n<chunk lines=\"([0-9-]+)\"");

  /// How a response ends.
  public enum End {
    /// As it should.
    WHOLE,
    /// The connection is closed at once, without the last chunk of HTTP.
    CUT,
    /// Nothing more comes, and the connection stays.
    STALL
  }

  /// Returns a stream of these events and comments, each ended by an empty line.
  public static Script stream(List<String> events) {
    return new Script(
        200,
        Map.of("Content-Type", "text/event-stream; charset=utf-8"),
        events.stream().map(event -> event + "\n\n").toList(),
        true,
        End.WHOLE);
  }

  /// Returns a whole answer as DeepSeek streams it.
  public static Script answer(String... deltas) {
    return stream(answerEvents(List.of(), List.of(deltas)));
  }

  /// Returns the events of a whole answer: role, reasoning, text, finish, usage, `[DONE]`.
  public static List<String> answerEvents(List<String> reasoning, List<String> deltas) {
    var events = new ArrayList<String>();
    events.add(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
    if (!reasoning.isEmpty()) {
      events.add(chunk("{\"content\":null,\"reasoning_content\":\"\"}", "null"));
    }
    reasoning.forEach(text ->
        events.add(chunk("{\"content\":null,\"reasoning_content\":" + quoted(text) + "}", "null")));
    deltas.forEach(text -> events.add(text(text)));
    events.add(finish("stop"));
    events.add(usage(3353, 3328, 41, 12));
    events.add("data: [DONE]");
    return events;
  }

  /// Returns the event of a piece of text.
  public static String text(String delta) {
    return chunk("{\"content\":" + quoted(delta) + ",\"reasoning_content\":null}", "null");
  }

  /// Returns the event that says why the model stopped.
  public static String finish(String reason) {
    return chunk("{\"content\":\"\",\"reasoning_content\":null}", quoted(reason));
  }

  /// Returns the last event, which has usage and no choices.
  public static String usage(int prompt, int hit, int completion, int reasoning) {
    return "data: {\"id\":\"f0f1\",\"object\":\"chat.completion.chunk\",\"created\":1795305600,\"model\":\"deepseek-flash\",\"system_fingerprint\":\"fp_0\",\"choices\":[],\"usage\":{\"prompt_tokens\":%s,\"completion_tokens\":%s,\"total_tokens\":%s,\"prompt_tokens_details\":{\"cached_tokens\":%s},\"completion_tokens_details\":{\"reasoning_tokens\":%s},\"prompt_cache_hit_tokens\":%s,\"prompt_cache_miss_tokens\":%s}}"
        .formatted(prompt, completion, prompt + completion, hit, reasoning, hit, prompt - hit);
  }

  /// Returns a refusal in the documented form.
  public static Script error(int status, String type, String message) {
    ObjectNode error = JSON.createObjectNode().put("message", message).put("type", type);
    error.putNull("param").put("code", "invalid_request_error");
    String body = JSON.createObjectNode().set("error", error).toString();
    return new Script(
        status, Map.of("Content-Type", "application/json"), List.of(body), true, End.WHOLE);
  }

  /// Returns the refusal that DeepSeek documents for a status.
  public static Script error(int status) {
    return switch (status) {
      case 400 ->
          error(
              400,
              "invalid_request_error",
              "This model's maximum context length is 1048576 tokens. However, you requested 1048600 tokens (1015832 in the messages, 32768 in the completion). Please reduce the length of the messages or completion.");
      case 401 ->
          error(
              401,
              "authentication_error",
              "Authentication Fails, Your api key: ****cdef is invalid");
      case 402 -> error(402, "unknown_error", "Insufficient Balance");
      case 422 -> error(422, "invalid_request_error", "Invalid parameters");
      case 429 -> error(429, "rate_limit_error", "Rate limit reached").with("Retry-After", "17");
      case 500 -> error(500, "server_error", "Internal server error");
      case 503 ->
          error(503, "service_unavailable_error", "Service is too busy").with("Retry-After", "30");
      default -> error(status, "unknown_error", "status " + status);
    };
  }

  /// Returns what a mode of the command line does.
  static Script of(String mode, Request request) {
    List<String> answer =
        answerEvents(List.of("Let me ", "look."), List.of("It is in ", citation(request), "."));
    return switch (mode) {
      case "answer" -> stream(answer);
      case "cut" -> stream(answer.subList(0, 6)).ending(End.CUT);
      case "stall" -> stream(answer.subList(0, 6)).ending(End.STALL);
      case "length" ->
          stream(List.of(text("It is"), finish("length"), usage(9, 0, 2, 0), "data: [DONE]"));
      case "keepalive" -> stream(withKeepAlives(answer, 20));
      default -> error(Integer.parseInt(mode));
    };
  }

  /// Returns the events with as many comments before each.
  public static List<String> withKeepAlives(List<String> events, int count) {
    var all = new ArrayList<String>();
    for (String event : events) {
      for (int i = 0; i < count; i++) {
        all.add(": keep-alive");
      }
      all.add(event);
    }
    return all;
  }

  /// Returns the same with a header more.
  public Script with(String name, String value) {
    var more = new TreeMap<>(headers);
    more.put(name, value);
    return new Script(status, more, writes, chunked, end);
  }

  /// Returns the same with another end.
  public Script ending(End other) {
    return new Script(status, headers, writes, chunked, other);
  }

  /// Returns the same with a body that ends with the connection.
  public Script unchunked() {
    return new Script(status, headers, writes, false, end);
  }

  /// Returns the same with `\r\n` for `\n`.
  public Script withCrLf() {
    List<String> lines = writes.stream().map(write -> write.replace("\n", "\r\n")).toList();
    return new Script(status, headers, lines, chunked, end);
  }

  /// Returns the same with a write for every `chars` characters, in the middle of lines.
  public Script inPiecesOf(int chars) {
    String all = String.join("", writes);
    var pieces = new ArrayList<String>();
    for (int i = 0; i < all.length(); i += chars) {
      pieces.add(all.substring(i, Math.min(all.length(), i + chars)));
    }
    return new Script(status, headers, pieces, chunked, end);
  }

  String head() {
    var head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append(chunked ? "Transfer-Encoding: chunked\r\n" : "");
    return head.append("Connection: close\r\n\r\n").toString();
  }

  /// Cites the first chunk of the prompt, and one that is not there.
  private static String citation(Request request) {
    String prompt = request.body().replace("\\\"", "\"").replace("\\n", "\n");
    Matcher first = FIRST_CHUNK.matcher(prompt);
    return first.find()
        ? "[%s:%s] and [no/such/File.java:1-2]".formatted(first.group(1), first.group(2))
        : "the documents";
  }

  /// Returns the event of a delta.
  public static String delta(String json) {
    return chunk(json, "null");
  }

  /// Returns a whole reply in JSON, from a server that does not stream.
  public static Script whole(String message, String finish) {
    String body =
        "{\"id\":\"f0f1\",\"object\":\"chat.completion\",\"model\":\"deepseek-flash\",\"choices\":[{\"index\":0,\"message\":%s,\"finish_reason\":%s}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}"
            .formatted(message, quoted(finish));
    return new Script(
        200, Map.of("Content-Type", "application/json"), List.of(body), true, End.WHOLE);
  }

  private static String chunk(String delta, String finish) {
    return "data: {\"id\":\"f0f1\",\"object\":\"chat.completion.chunk\",\"created\":1795305600,\"model\":\"deepseek-flash\",\"system_fingerprint\":\"fp_0\",\"choices\":[{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}],\"usage\":null}"
        .formatted(delta, finish);
  }

  private static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }
}
