package brimful.http.openai;

import brimful.ask.Reply;
import brimful.corpus.Chunk;
import brimful.model.Usage;
import brimful.service.AskResult;
import brimful.view.AnswerJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A reply of chat completions, whole or in chunks. The whole one, or the last chunk, has the
/// citations and the receipt in the field `brimful`, which other clients ignore.
///
/// @param id the reply's id
/// @param model as the client named it
/// @param ignored the parameters that were left out
public record ChatReply(String id, String model, List<String> ignored) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  public ChatReply {
    ignored = List.copyOf(ignored);
  }

  private ObjectNode object(String kind) {
    return JSON.objectNode()
        .put("id", id)
        .put("object", kind)
        .put("created", Instant.now().getEpochSecond())
        .put("model", model);
  }

  /// Returns a chunk of a reply that is streamed.
  ///
  /// @param finish why the reply ends; empty while it goes on
  public ObjectNode chunk(ObjectNode delta, Optional<String> finish) {
    ObjectNode node = object("chat.completion.chunk");
    ObjectNode choice = node.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", finish.orElse(null));
    return node;
  }

  /// Returns the chunk of what comes besides text.
  ///
  /// @param choice as the model's server sent it
  public ObjectNode besides(JsonNode choice) {
    ObjectNode delta = JSON.objectNode();
    for (String name : List.of("tool_calls", "refusal")) {
      if (choice.path("delta").hasNonNull(name)) {
        delta.set(name, choice.path("delta").path(name));
      }
    }
    ObjectNode node = chunk(delta, Optional.empty());
    if (choice.hasNonNull("logprobs")) {
      ((ObjectNode) node.path("choices").path(0)).set("logprobs", choice.path("logprobs"));
    }
    return node;
  }

  /// Returns the last chunk of an answer.
  public ObjectNode last(AskResult result) {
    ObjectNode last = chunk(JSON.objectNode(), Optional.of(finish(result)));
    last.set("brimful", extras(result));
    return last;
  }

  /// Returns the chunk after the last, which has the usage and no choice.
  public ObjectNode usageChunk(AskResult result) {
    ObjectNode usage = object("chat.completion.chunk");
    usage.putArray("choices");
    usage.set("usage", usage(result));
    return usage;
  }

  /// Returns the whole reply.
  ///
  /// @param reasoning what the model thought; may be empty
  public ObjectNode whole(AskResult result, String reasoning) {
    ObjectNode node = object("chat.completion");
    ObjectNode choice = node.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    Optional<Reply.Besides> besides = answered(result).map(Reply.Answered::besides);
    List<JsonNode> calls = besides.map(Reply.Besides::toolCalls).orElse(List.of());
    String refusal = besides.map(Reply.Besides::refusal).orElse("");
    String text = text(result);
    message.put("content", text.isEmpty() && !(calls.isEmpty() && refusal.isEmpty()) ? null : text);
    message.put("refusal", refusal.isEmpty() ? null : refusal);
    if (!reasoning.isEmpty()) {
      message.put("reasoning_content", reasoning);
    }
    if (!calls.isEmpty()) {
      message.set("tool_calls", array(calls));
    }
    List<JsonNode> logprobs = besides.map(Reply.Besides::logprobs).orElse(List.of());
    if (!logprobs.isEmpty()) {
      choice.putObject("logprobs").set("content", array(logprobs));
    }
    choice.put("finish_reason", finish(result));
    node.set("usage", usage(result));
    node.set("brimful", extras(result));
    return node;
  }

  private static ArrayNode array(List<JsonNode> nodes) {
    return JSON.arrayNode().addAll(nodes);
  }

  static Optional<Reply.Answered> answered(AskResult result) {
    return result instanceof AskResult.Replied replied
            && replied.reply() instanceof Reply.Answered answered
        ? Optional.of(answered)
        : Optional.empty();
  }

  private static String finish(AskResult result) {
    return answered(result)
        .map(Reply.Answered::finish)
        .filter(finish -> !finish.isEmpty())
        .orElse("stop");
  }

  /// Returns the answer, or the evidence in Markdown if no model is connected.
  public static String text(AskResult result) {
    return switch (result) {
      case AskResult.Replied replied -> replied.answer().text();
      case AskResult.Evidence evidence -> {
        var text = new StringBuilder(evidence.notice()).append("\n");
        for (Chunk chunk : evidence.prepared().assembled().best()) {
          String fence = "`".repeat(Math.max(3, longestFence(chunk.text()) + 1));
          text.append(
              "\n**%s:%s**\n\n%s\n%s\n%s\n"
                  .formatted(
                      chunk.document().value(),
                      chunk.locator().display(),
                      fence,
                      chunk.text(),
                      fence));
        }
        yield text.toString();
      }
    };
  }

  /// Returns the longest run of backticks, so that our fence can be longer than the document's own.
  private static int longestFence(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /// Returns the provider's own usage, else our count of the prompt.
  static Usage used(AskResult result) {
    return answered(result)
        .map(Reply.Answered::usage)
        .filter(Usage::reported)
        .orElseGet(() -> new Usage(result.prepared().assembled().window().tokens(), 0, 0, 0, 0));
  }

  private static ObjectNode usage(AskResult result) {
    Usage usage = used(result);
    ObjectNode node =
        JSON.objectNode()
            .put("prompt_tokens", usage.prompt())
            .put("completion_tokens", usage.completion())
            .put("total_tokens", usage.prompt() + usage.completion());
    node.putObject("prompt_tokens_details").put("cached_tokens", usage.cached());
    node.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
    return node;
  }

  /// Returns the citations, the receipt, and the parameters that were left out.
  ObjectNode extras(AskResult result) {
    ObjectNode node = JSON.objectNode();
    node.set("citations", AnswerJson.answer(result).path("citations"));
    node.set("receipt", AnswerJson.receipt(result));
    ArrayNode names = node.putArray("ignored");
    ignored.forEach(names::add);
    return node;
  }
}
