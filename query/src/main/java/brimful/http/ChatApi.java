package brimful.http;

import brimful.ask.Reply;
import brimful.collection.Collection;
import brimful.corpus.Chunk;
import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import brimful.pack.Prompt;
import brimful.rank.Question;
import brimful.service.AskRequest;
import brimful.service.AskResult;
import brimful.service.Backend;
import brimful.service.Prepared;
import brimful.service.QueryService;
import brimful.service.UpstreamErrors;
import brimful.view.AnswerJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// OpenAI's protocol. A model that has read a collection is called `brimful/COLLECTION`, or
/// `brimful/COLLECTION/MODEL`.
///
/// The last user message is the question. The conversation before it goes along: all of it or, if
/// it is long, the parts that matter. The last chunk has the citations and the receipt in the field
/// `brimful`, which other clients ignore.
final class ChatApi {
  private static final String PREFIX = "brimful/";

  /// A question with fewer words usually follows up on the previous one.
  private static final int FEW_WORDS = 12;

  /// Clients give up a request that stays silent for longer.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  private static final Pattern WORD = Pattern.compile("\\S++");

  private final Backend backend;
  private final IdempotencyCache idempotencyCache =
      new IdempotencyCache(IdempotencyCache.ANSWERS_KEPT_MAX);

  ChatApi(Backend backend) {
    this.backend = backend;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/models", this::models), Route.post("/v1/chat/completions", this::chat));
  }

  private void models(Context context) {
    ObjectNode node = HttpJson.object().put("object", "list");
    ArrayNode data = node.putArray("data");
    List<String> ids = backend.models().ids(backend.collections().tokenizer());
    for (Collection collection : backend.collections().collections()) {
      if (Caller.of(context).test(collection.name())) {
        data.add(model(collection, PREFIX + collection.name()));
        ids.forEach(id -> data.add(model(collection, PREFIX + collection.name() + "/" + id)));
      }
    }
    HttpJson.send(context, HttpStatus.OK, node);
  }

  private static ObjectNode model(Collection collection, String id) {
    return HttpJson.object()
        .put("id", id)
        .put("object", "model")
        .put("created", collection.created().getEpochSecond())
        .put("owned_by", "brimful");
  }

  private void chat(Context context) {
    JsonNode body = HttpJson.body(context, HttpJson.BODY_BYTES_MAX);
    AskRequest request = request(Caller.of(context), body);
    var frame = new Frame("chatcmpl-" + UUID.randomUUID(), HttpJson.text(body, "model"));
    if (body.path("stream").asBoolean(false)) {
      stream(
          context, request, frame, body.path("stream_options").path("include_usage").asBoolean());
    } else {
      JsonNode answer = idempotencyCache.once(context, body, () -> whole(context, request, frame));
      HttpJson.send(context, HttpStatus.OK, answer);
    }
  }

  /// The fields that every chunk of a reply repeats.
  private record Frame(String id, String model) {
    ObjectNode object(String kind) {
      return HttpJson.object()
          .put("id", id)
          .put("object", kind)
          .put("created", Instant.now().getEpochSecond())
          .put("model", model);
    }

    ObjectNode chunk(ObjectNode delta, Optional<String> finish) {
      ObjectNode node = object("chat.completion.chunk");
      ObjectNode choice = node.putArray("choices").addObject().put("index", 0);
      choice.set("delta", delta);
      choice.put("finish_reason", finish.orElse(null));
      return node;
    }
  }

  private JsonNode whole(Context context, AskRequest request, Frame frame) {
    AskResult result =
        backend.service().ask(request, Caller.of(context), QueryService.Listener.SILENT);
    if (result.error().isPresent()) {
      throw UpstreamErrors.forCaller(result);
    }
    ObjectNode node = frame.object("chat.completion");
    ObjectNode choice = node.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", text(result));
    choice.put("finish_reason", finish(result));
    node.set("usage", usage(result));
    node.set("brimful", extras(result));
    return node;
  }

  /// Answers as a stream, which begins with the first part of the answer. Earlier failures get an
  /// HTTP status.
  private void stream(Context context, AskRequest request, Frame frame, boolean withUsage) {
    Caller caller = Caller.of(context);
    ObjectNode role = HttpJson.object().put("role", "assistant").put("content", "");
    try (var events =
        new LateEvents(context, stream -> stream.data(frame.chunk(role, Optional.empty())))) {
      try {
        AskResult result = backend.service().ask(request, caller, new Teller(events, frame));
        if (result.error().isPresent()) {
          throw UpstreamErrors.forCaller(result);
        }
        end(events.open(), result, frame, withUsage);
      } catch (RuntimeException e) {
        events.fail(e, problem -> events.open().data(problem.openAi()));
      }
      events.open().data("[DONE]");
    }
  }

  /// Sends the parts of an answer as they arrive.
  private record Teller(LateEvents events, Frame frame) implements QueryService.Listener {
    @Override
    public void packed(Prepared prepared) {
      events.openWithin(SILENCE_MAX);
    }

    @Override
    public void text(String delta) {
      tell(HttpJson.object().put("content", delta));
    }

    @Override
    public void reasoning(String delta) {
      tell(HttpJson.object().put("reasoning_content", delta));
    }

    private void tell(ObjectNode delta) {
      events.open().data(frame.chunk(delta, Optional.empty()));
    }
  }

  private static void end(Events events, AskResult result, Frame frame, boolean withUsage) {
    if (result instanceof AskResult.Evidence) {
      events.data(frame.chunk(HttpJson.object().put("content", text(result)), Optional.empty()));
    }
    ObjectNode last = frame.chunk(HttpJson.object(), Optional.of(finish(result)));
    last.set("brimful", extras(result));
    events.data(last);
    if (withUsage) {
      ObjectNode usage = frame.object("chat.completion.chunk");
      usage.putArray("choices");
      usage.set("usage", usage(result));
      events.data(usage);
    }
  }

  private static String finish(AskResult result) {
    return result instanceof AskResult.Replied replied
            && replied.reply() instanceof Reply.Answered answered
            && !answered.finish().isEmpty()
        ? answered.finish()
        : "stop";
  }

  /// Returns the answer, or the evidence in Markdown if no model is connected.
  private static String text(AskResult result) {
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

  private static ObjectNode usage(AskResult result) {
    long prompt = result.prepared().assembled().window().tokens();
    long cached = 0;
    long completion = 0;
    if (result instanceof AskResult.Replied replied
        && replied.reply() instanceof Reply.Answered answered
        && answered.usage().reported()) {
      prompt = answered.usage().prompt();
      cached = answered.usage().cached();
      completion = answered.usage().completion();
    }
    ObjectNode node =
        HttpJson.object()
            .put("prompt_tokens", prompt)
            .put("completion_tokens", completion)
            .put("total_tokens", prompt + completion);
    node.putObject("prompt_tokens_details").put("cached_tokens", cached);
    return node;
  }

  private static ObjectNode extras(AskResult result) {
    ObjectNode node = HttpJson.object();
    node.set("citations", AnswerJson.answer(result).path("citations"));
    node.set("receipt", AnswerJson.receipt(result));
    return node;
  }

  private AskRequest request(Caller caller, JsonNode body) {
    String[] names = HttpJson.text(body, "model").split("/", 3);
    if (names.length < 2 || !(names[0] + "/").equals(PREFIX)) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "model \"%s\": say brimful/COLLECTION or brimful/COLLECTION/MODEL, see /v1/models"
              .formatted(HttpJson.text(body, "model")));
    }
    JsonNode messages = body.path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw new UserError(UserError.Kind.USAGE, "no \"messages\": send at least the question");
    }
    var instructions = new StringBuilder(Prompt.INSTRUCTIONS);
    var turns = new ArrayList<AskRequest.Turn>();
    JsonNode last = messages.get(messages.size() - 1);
    if (!last.path("role").asText().equals("user")) {
      throw new UserError(UserError.Kind.USAGE, "the last message is not the user's: end with it");
    }
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String role = message.path("role").asText();
      switch (role) {
        case "system", "developer" -> instructions.append(content(message).strip()).append('\n');
        case "user", "assistant", "tool" -> {
          if (i + 1 < messages.size()) {
            turns.add(new AskRequest.Turn(role, content(message)));
          }
        }
        default ->
            throw new UserError(
                UserError.Kind.USAGE, "role \"%s\": say system, user or assistant".formatted(role));
      }
    }
    String question = Question.checked(content(last));
    if (question.isBlank()) {
      throw new UserError(UserError.Kind.USAGE, "the question is empty: ask something");
    }
    String collection = caller.allowed(names[1]);
    var _ = backend.collections().collection(collection);
    return new AskRequest(
        backend.corpus(collection),
        new Prompt(instructions.toString(), question),
        query(question, turns),
        names.length == 3 ? names[2] : "",
        "",
        images(last),
        turns,
        AskRequest.Shape.CANONICAL);
  }

  /// Returns the search query: the question and, if it is short, the previous question, which it
  /// usually follows up on.
  private static String query(String question, List<AskRequest.Turn> turns) {
    long words = WORD.matcher(question).results().limit(FEW_WORDS).count();
    String before =
        turns.stream()
            .filter(turn -> turn.speaker().equals("user"))
            .reduce((_, next) -> next)
            .map(AskRequest.Turn::text)
            .orElse("");
    return words < FEW_WORDS && !before.isBlank()
        ? Question.beginning(question + "\n" + before)
        : question;
  }

  private static String content(JsonNode message) {
    JsonNode content = message.path("content");
    if (content.isTextual()) {
      return content.asText();
    }
    var text = new StringBuilder();
    for (JsonNode part : content) {
      switch (part.path("type").asText()) {
        case "text", "input_text" -> text.append(part.path("text").asText()).append('\n');
        case "image_url" -> {
          // Images are taken from the last message only; an older message just says that it had
          // some.
          text.append("[image]\n");
        }
        default ->
            throw new UserError(
                UserError.Kind.USAGE,
                "content of type \"%s\": send text or image_url"
                    .formatted(part.path("type").asText()));
      }
    }
    return text.toString();
  }

  private static List<String> images(JsonNode message) {
    var images = new ArrayList<String>();
    if (message.path("content").isArray()) {
      for (JsonNode part : message.path("content")) {
        if (part.path("type").asText().equals("image_url")) {
          images.add(part.path("image_url").path("url").asText());
        }
      }
    }
    return images;
  }
}
