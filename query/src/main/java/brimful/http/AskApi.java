package brimful.http;

import brimful.answer.Citation;
import brimful.collection.Corpus;
import brimful.corpus.UserError;
import brimful.http.conversation.ConversationStore;
import brimful.http.conversation.TurnRecorder;
import brimful.http.edge.HttpJson;
import brimful.http.edge.Problems;
import brimful.pack.format.WindowFormat;
import brimful.service.AskRequest;
import brimful.service.AskResult;
import brimful.service.Backend;
import brimful.service.FollowUp;
import brimful.service.FoundChunk;
import brimful.service.Prepared;
import brimful.service.QueryService;
import brimful.service.UpstreamErrors;
import brimful.view.AnswerJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Serves `/v1/search`, `/v1/pack` and `/v1/ask`.
final class AskApi {
  private static final int HITS = 10;
  private static final int HITS_MAX = 200;

  /// Room for the longest question with every character escaped, and for the other fields.
  private static final int BODY_BYTES_MAX = 2 << 20;

  private static final List<String> SEARCH_FIELDS =
      List.of("collection", "scope", "question", "limit", "model", "budget");
  private static final List<String> PACK_FIELDS =
      List.of(
          "collection",
          "scope",
          "question",
          "model",
          "budget",
          "format",
          "prompt",
          "conversation",
          "turn");
  private static final List<String> ASK_FIELDS =
      List.of("collection", "scope", "question", "model", "budget", "conversation", "replaces");

  /// Joins the names of collections that a question is about.
  private static final Pattern PLUS = Pattern.compile("[+]");

  private final Backend backend;
  private final QueryService service;
  private final ConversationStore conversations;
  private final IdempotencyCache idempotencyCache =
      new IdempotencyCache(IdempotencyCache.ANSWERS_KEPT_MAX);

  /// @param conversations where questions are kept that are asked within a conversation
  AskApi(Backend backend, ConversationStore conversations) {
    this.backend = backend;
    this.conversations = conversations;
    service = backend.service();
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/search", this::search),
        Route.post("/v1/pack", this::pack),
        Route.post("/v1/ask", this::ask));
  }

  private void search(Context context) {
    JsonNode body = HttpJson.body(context, BODY_BYTES_MAX);
    HttpJson.requireOnly(body, SEARCH_FIELDS);
    List<FoundChunk> found =
        backend.search(
            corpus(context, body),
            HttpJson.text(body, "question"),
            HttpJson.number(body, "limit", HITS, HITS_MAX));
    ObjectNode node = HttpJson.object();
    ArrayNode hits = node.putArray("hits");
    for (FoundChunk one : found) {
      hits.add(AnswerJson.chunk(one.chunk()).put("score", Math.round(1e4 * one.score()) / 1e4));
    }
    HttpJson.send(context, HttpStatus.OK, node);
  }

  private void pack(Context context) {
    JsonNode body = HttpJson.body(context, BODY_BYTES_MAX);
    HttpJson.requireOnly(body, PACK_FIELDS);
    AskRequest request =
        followed(context, body, request(context, body)).in(AskRequest.Shape.of(format(body)));
    Prepared prepared = service.prepare(request, QueryService.Listener.SILENT);
    ObjectNode node = HttpJson.object();
    node.set("receipt", AnswerJson.window(prepared));
    if (HttpJson.flag(body, "prompt", true)) {
      node.put("prompt", prepared.assembled().window().prompt());
    }
    HttpJson.send(context, HttpStatus.OK, node);
  }

  /// Returns a request after the conversation that it names, up to the turn that it names.
  private AskRequest followed(Context context, JsonNode body, AskRequest request) {
    String id = HttpJson.text(body, "conversation", "");
    if (id.isEmpty()) {
      return request;
    }
    Caller caller = Caller.of(context);
    int turn = HttpJson.number(body, "turn", Integer.MAX_VALUE, Integer.MAX_VALUE);
    return FollowUp.of(
        request, conversations.readable(caller.account().id(), id, caller).before(turn));
  }

  private void ask(Context context) {
    JsonNode body = HttpJson.body(context, BODY_BYTES_MAX);
    HttpJson.requireOnly(body, ASK_FIELDS);
    AskRequest request = request(context, body);
    String accepts = Optional.ofNullable(context.header("Accept")).orElse("");
    if (accepts.contains("text/event-stream")) {
      try (TurnRecorder turn = recorder(context, body)) {
        stream(context, turn.request(request), turn);
      }
    } else {
      JsonNode answer =
          idempotencyCache.once(
              context,
              body,
              () -> {
                try (TurnRecorder turn = recorder(context, body)) {
                  return whole(context, turn.request(request), turn);
                }
              });
      HttpJson.send(context, HttpStatus.OK, answer);
    }
  }

  private TurnRecorder recorder(Context context, JsonNode body) {
    return TurnRecorder.of(conversations, Caller.of(context).account().id(), body);
  }

  /// Answers in one piece.
  private JsonNode whole(Context context, AskRequest request, TurnRecorder turn) {
    try {
      AskResult result = service.ask(request, Caller.of(context), turn::text);
      if (result.error().isPresent()) {
        throw UpstreamErrors.forCaller(result);
      }
      ObjectNode answer = AnswerJson.of(result);
      turn.evidence(answer.withObject("/evidence"));
      turn.end(result);
      return turn.named(answer);
    } catch (RuntimeException e) {
      turn.fail(() -> Problems.of(e).detail());
      throw e;
    }
  }

  /// Answers as a stream, which begins with the evidence. Earlier failures get an HTTP status.
  private void stream(Context context, AskRequest request, TurnRecorder turn) {
    Caller caller = Caller.of(context);
    try (var events = new LateEvents(context, _ -> {})) {
      try {
        end(events, service.ask(request, caller, new Teller(events, turn)), turn);
      } catch (RuntimeException e) {
        turn.fail(() -> Problems.of(e).detail());
        events.fail(e, problem -> events.open().send("error", problem.json()));
      }
    }
  }

  /// Sends and records the events of a question as they happen.
  private record Teller(LateEvents events, TurnRecorder turn) implements QueryService.Listener {
    @Override
    public void packed(Prepared prepared) {
      ObjectNode evidence = AnswerJson.evidence(prepared);
      turn.evidence(evidence);
      events.open().send("evidence", turn.named(evidence));
    }

    @Override
    public void text(String delta) {
      turn.text(delta);
      events.open().send("delta", HttpJson.object().put("text", delta));
    }

    @Override
    public void reasoning(String delta) {
      events.open().send("reasoning", HttpJson.object().put("text", delta));
    }
  }

  private static void end(LateEvents events, AskResult result, TurnRecorder turn) {
    if (result.error().isEmpty()) {
      turn.end(result);
    }
    if (result instanceof AskResult.Replied replied) {
      for (Citation one : replied.answer().citations()) {
        events.open().send("citation", AnswerJson.citation(one));
      }
    }
    if (result.error().isPresent()) {
      throw UpstreamErrors.forCaller(result);
    }
    events.open().send("receipt", AnswerJson.receipt(result));
  }

  private AskRequest request(Context context, JsonNode body) {
    return AskRequest.of(
        corpus(context, body),
        HttpJson.text(body, "question"),
        HttpJson.text(body, "model", ""),
        HttpJson.textOrNumber(body, "budget"));
  }

  /// Returns the requested collections, or the part of them that is requested.
  private Corpus corpus(Context context, JsonNode body) {
    List<String> names = PLUS.splitAsStream(HttpJson.text(body, "collection")).distinct().toList();
    return Scopes.corpus(backend, Caller.of(context), names, body);
  }

  private static WindowFormat format(JsonNode body) {
    String name = HttpJson.text(body, "format", "xml");
    return Arrays.stream(WindowFormat.values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.USAGE, "format \"%s\": say xml, markdown or json".formatted(name)));
  }
}
