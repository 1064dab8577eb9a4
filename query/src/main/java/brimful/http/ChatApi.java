package brimful.http;

import brimful.collection.Corpus;
import brimful.http.edge.HttpJson;
import brimful.http.openai.ChatReply;
import brimful.http.openai.ChatRequest;
import brimful.http.openai.ModelName;
import brimful.model.ModelChoice;
import brimful.service.AskRequest;
import brimful.service.AskResult;
import brimful.service.Backend;
import brimful.service.Prepared;
import brimful.service.QueryService;
import brimful.service.UpstreamErrors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// OpenAI's chat completions. A model that has read a collection is called `brimful/COLLECTION`, or
/// `brimful/COLLECTION/MODEL`.
///
/// The last message of the user is the question, its parameters reach the model's server or are
/// refused: see [ChatRequest].
final class ChatApi {
  /// Clients give up a request that stays silent for longer.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  private final Backend backend;
  private final String budget;
  private final IdempotencyCache idempotencyCache =
      new IdempotencyCache(IdempotencyCache.ANSWERS_KEPT_MAX);

  /// @param budget of a window, unless a request sets its own
  ChatApi(Backend backend, String budget) {
    this.backend = backend;
    this.budget = budget;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/chat/completions", this::chat));
  }

  /// A request that is read, and the form of its reply.
  private record Chat(AskRequest request, ChatReply reply) {}

  private void chat(Context context) {
    JsonNode body = HttpJson.body(context, HttpJson.BODY_BYTES_MAX);
    Chat chat = read(Caller.of(context), body);
    if (body.path("stream").asBoolean(false)) {
      boolean withUsage = body.path("stream_options").path("include_usage").asBoolean();
      stream(context, chat, withUsage);
    } else {
      JsonNode answer = idempotencyCache.once(context, body, () -> whole(context, chat));
      HttpJson.send(context, HttpStatus.OK, answer);
    }
  }

  private Chat read(Caller caller, JsonNode body) {
    String model = HttpJson.text(body, "model");
    ModelName name = ModelName.of(model);
    Corpus corpus = Scopes.corpus(backend, caller, name.collections(), body);
    ModelChoice behind = backend.models().choose(name.model());
    ChatRequest request = ChatRequest.of(name, body, behind.model(), budget).checked(behind);
    return new Chat(
        request.about(corpus),
        new ChatReply("chatcmpl-" + UUID.randomUUID(), model, request.ignored()));
  }

  private JsonNode whole(Context context, Chat chat) {
    var thoughts = new Thoughts(new StringBuilder());
    AskResult result = backend.service().ask(chat.request(), Caller.of(context), thoughts);
    if (result.error().isPresent()) {
      throw UpstreamErrors.forCaller(result);
    }
    return chat.reply().whole(result, thoughts.text().toString());
  }

  /// Collects the reasoning, which some servers want back with the results of tools.
  private record Thoughts(StringBuilder text) implements QueryService.Listener {
    @Override
    public void text(String delta) {}

    @Override
    public void reasoning(String delta) {
      text.append(delta);
    }
  }

  /// Answers as a stream, which begins with the first part of the answer. Earlier failures get an
  /// HTTP status.
  private void stream(Context context, Chat chat, boolean withUsage) {
    Caller caller = Caller.of(context);
    ChatReply reply = chat.reply();
    ObjectNode role = HttpJson.object().put("role", "assistant").put("content", "");
    try (var events =
        new LateEvents(context, stream -> stream.data(reply.chunk(role, Optional.empty())))) {
      try {
        AskResult result = backend.service().ask(chat.request(), caller, new Teller(events, reply));
        if (result.error().isPresent()) {
          throw UpstreamErrors.forCaller(result);
        }
        end(events.open(), result, reply, withUsage);
      } catch (RuntimeException e) {
        events.fail(e, problem -> events.open().data(problem.openAi()));
      }
      events.open().data("[DONE]");
    }
  }

  /// Sends the parts of an answer as they arrive.
  private record Teller(LateEvents events, ChatReply reply) implements QueryService.Listener {
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

    @Override
    public void besides(JsonNode choice) {
      events.open().data(reply.besides(choice));
    }

    private void tell(ObjectNode delta) {
      events.open().data(reply.chunk(delta, Optional.empty()));
    }
  }

  private static void end(Events events, AskResult result, ChatReply reply, boolean withUsage) {
    if (result instanceof AskResult.Evidence) {
      ObjectNode delta = HttpJson.object().put("content", ChatReply.text(result));
      events.data(reply.chunk(delta, Optional.empty()));
    }
    events.data(reply.last(result));
    if (withUsage) {
      events.data(reply.usageChunk(result));
    }
  }
}
