package brimful.http;

import brimful.collection.Corpus;
import brimful.http.edge.HttpJson;
import brimful.http.edge.Problem;
import brimful.http.openai.ChatRequest;
import brimful.http.openai.ModelName;
import brimful.http.openai.ResponseReply;
import brimful.http.openai.ResponseStore;
import brimful.http.openai.ResponsesRequest;
import brimful.model.ModelChoice;
import brimful.service.AskRequest;
import brimful.service.AskResult;
import brimful.service.Backend;
import brimful.service.Prepared;
import brimful.service.QueryService;
import brimful.service.UpstreamErrors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// OpenAI's Responses API, over the same windows as chat completions.
final class ResponsesApi {
  private static final String PATH = "/v1/responses";
  private static final String ONE = PATH + "/{response}";

  /// Clients give up a request that stays silent for longer.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  private final Backend backend;
  private final String budget;
  private final ResponseStore store = new ResponseStore();
  private final IdempotencyCache idempotencyCache =
      new IdempotencyCache(IdempotencyCache.ANSWERS_KEPT_MAX);

  /// @param budget of a window, unless a request sets its own
  ResponsesApi(Backend backend, String budget) {
    this.backend = backend;
    this.budget = budget;
  }

  List<Route> routes() {
    return List.of(
        Route.post(PATH, this::respond),
        Route.get(ONE, this::get),
        Route.delete(ONE, this::delete));
  }

  private void get(Context context) {
    HttpJson.send(
        context,
        HttpStatus.OK,
        store.response(account(Caller.of(context)), context.pathParam("response")));
  }

  private void delete(Context context) {
    String id = context.pathParam("response");
    store.delete(account(Caller.of(context)), id);
    HttpJson.send(
        context,
        HttpStatus.OK,
        HttpJson.object().put("id", id).put("object", "response").put("deleted", true));
  }

  private static String account(Caller caller) {
    return caller.account().id();
  }

  /// A request that is read.
  ///
  /// @param said the conversation with its input
  private record Inquiry(JsonNode body, AskRequest request, ArrayNode said, List<String> ignored) {}

  private void respond(Context context) {
    JsonNode body = HttpJson.body(context, HttpJson.BODY_BYTES_MAX);
    Caller caller = Caller.of(context);
    Inquiry inquiry = ResponsesRequest.renamed(() -> read(caller, body));
    if (body.path("stream").asBoolean(false)) {
      stream(context, inquiry);
    } else {
      JsonNode answer = idempotencyCache.once(context, body, () -> whole(caller, inquiry));
      HttpJson.send(context, HttpStatus.OK, answer);
    }
  }

  private Inquiry read(Caller caller, JsonNode body) {
    ModelName name = ModelName.of(HttpJson.text(body, "model"));
    String previous = HttpJson.text(body, "previous_response_id", "");
    ArrayNode before =
        previous.isEmpty() ? HttpJson.array() : store.said(account(caller), previous);
    var responses = ResponsesRequest.of(body, before);
    Corpus corpus = Scopes.corpus(backend, caller, name.collections(), body);
    ModelChoice behind = backend.models().choose(name.model());
    ChatRequest chat =
        ChatRequest.of(name, responses.chat(), behind.model(), budget).checked(behind);
    var ignored = new ArrayList<>(responses.ignored());
    ignored.addAll(chat.ignored());
    return new Inquiry(body, chat.about(corpus), responses.said(), ignored);
  }

  private JsonNode whole(Caller caller, Inquiry inquiry) {
    var reply = new ResponseReply(inquiry.body, inquiry.ignored, _ -> {});
    AskResult result =
        backend.service().ask(inquiry.request, caller, new Teller(() -> reply, () -> {}));
    return ended(caller, inquiry, reply, result);
  }

  private JsonNode ended(Caller caller, Inquiry inquiry, ResponseReply reply, AskResult result) {
    if (result.error().isPresent()) {
      throw UpstreamErrors.forCaller(result);
    }
    ObjectNode response = reply.end(result);
    if (inquiry.body.path("store").asBoolean(true)) {
      ArrayNode said = inquiry.said.deepCopy().add(reply.message());
      store.put(account(caller), reply.id(), response, said);
    }
    return response;
  }

  /// Answers as a stream, which begins with the first part of the answer. Earlier failures get an
  /// HTTP status.
  private void stream(Context context, Inquiry inquiry) {
    Caller caller = Caller.of(context);
    try (var stream = new Stream(context, inquiry)) {
      try {
        AskResult result = backend.service().ask(inquiry.request, caller, stream.teller());
        var _ = ended(caller, inquiry, stream.begun(), result);
      } catch (RuntimeException e) {
        stream.events.fail(e, problem -> stream.begun().fail(code(problem), problem.detail()));
      }
    }
  }

  private static String code(Problem problem) {
    return problem.status() == HttpStatus.TOO_MANY_REQUESTS
        ? "rate_limit_exceeded"
        : "server_error";
  }

  /// A reply that tells its events as they happen.
  private static final class Stream implements AutoCloseable {
    private final LateEvents events;
    private final ResponseReply reply;

    Stream(Context context, Inquiry inquiry) {
      var sink = new AtomicReference<Consumer<ObjectNode>>(_ -> {});
      reply = new ResponseReply(inquiry.body, inquiry.ignored, event -> sink.get().accept(event));
      events =
          new LateEvents(
              context,
              opened -> {
                sink.set(event -> opened.send(event.path("type").asText(), event));
                reply.begin();
              });
    }

    /// Returns the reply, of which at least the beginning was told.
    ResponseReply begun() {
      var _ = events.open();
      return reply;
    }

    Teller teller() {
      return new Teller(this::begun, () -> events.openWithin(SILENCE_MAX));
    }

    @Override
    public void close() {
      events.close();
    }
  }

  /// Gives a reply the parts of the answer.
  ///
  /// @param whenPacked runs before the window is sent
  private record Teller(Supplier<ResponseReply> reply, Runnable whenPacked)
      implements QueryService.Listener {
    @Override
    public void packed(Prepared prepared) {
      whenPacked.run();
    }

    @Override
    public void text(String delta) {
      reply.get().text(delta);
    }

    @Override
    public void reasoning(String delta) {
      reply.get().reasoning(delta);
    }

    @Override
    public void besides(JsonNode choice) {
      reply.get().besides(choice);
    }
  }
}
