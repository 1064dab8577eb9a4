package brimful.http;

import brimful.answer.Citation;
import brimful.ask.Cost;
import brimful.ask.Reply;
import brimful.ask.Usage;
import brimful.corpus.Chunk;
import brimful.corpus.UserError;
import brimful.desk.Asked;
import brimful.desk.Desk;
import brimful.desk.Found;
import brimful.desk.Inquiry;
import brimful.desk.Prepared;
import brimful.pack.Format;
import brimful.window.ReceiptJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Search, pack and ask.
final class DeskApi {
  private static final int HITS = 10;
  private static final int HITS_MAX = 200;

  /// The longest question with every character escaped, and the other fields.
  private static final int BODY_BYTES_MAX = 2 << 20;

  private final Desk desk;
  private final Asks asks;

  DeskApi(Desk desk, Asks asks) {
    this.desk = desk;
    this.asks = asks;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/search", this::search),
        Route.post("/v1/pack", this::pack),
        Route.post("/v1/ask", this::ask));
  }

  private void search(Context context) {
    JsonNode body = Json.body(context, BODY_BYTES_MAX);
    List<Found> found =
        asks.timed(
            "search",
            () ->
                desk.search(
                    collection(context, body),
                    Json.text(body, "question"),
                    Json.number(body, "limit", HITS, HITS_MAX)));
    ObjectNode node = Json.object();
    ArrayNode hits = node.putArray("hits");
    for (Found one : found) {
      hits.add(chunk(one.chunk()).put("score", Math.round(1e4 * one.score()) / 1e4));
    }
    Json.send(context, HttpStatus.OK, node);
  }

  private void pack(Context context) {
    JsonNode body = Json.body(context, BODY_BYTES_MAX);
    Inquiry inquiry = inquiry(context, body);
    Prepared prepared = asks.timed("pack", () -> desk.pack(inquiry, format(body)));
    ObjectNode node = Json.object();
    node.set("receipt", receipt(prepared));
    node.put("prompt", prepared.assembled().window().prompt());
    Json.send(context, HttpStatus.OK, node);
  }

  private void ask(Context context) {
    Inquiry inquiry = inquiry(context, Json.body(context, BODY_BYTES_MAX));
    String accepts = Optional.ofNullable(context.header("Accept")).orElse("");
    if (accepts.contains("text/event-stream")) {
      stream(context, inquiry);
    } else {
      whole(context, inquiry);
    }
  }

  /// Answers in one piece.
  private void whole(Context context, Inquiry inquiry) {
    Asked asked = asks.ask(Caller.of(context), inquiry, Desk.Listener.SILENT);
    ObjectNode node = Json.object();
    switch (asked) {
      case Asked.Evidence _ -> node.put("answer", "").putArray("citations");
      case Asked.Replied replied -> {
        Asks.refusal(replied.reply())
            .ifPresent(error -> {
              throw error;
            });
        node.put("answer", replied.answer().text());
        ArrayNode citations = node.putArray("citations");
        replied.answer().citations().forEach(citation -> citations.add(citation(citation)));
      }
    }
    node.set("evidence", evidence(inquiry, asked.prepared()));
    node.set("receipt", receipt(asked));
    Json.send(context, HttpStatus.OK, node);
  }

  private void stream(Context context, Inquiry inquiry) {
    Caller caller = Caller.of(context);
    // What is wrong with the question itself is an answer with a status of its own.
    desk.collections().collection(inquiry.collection());
    try (Events events = Events.open(context)) {
      try {
        Asked asked =
            asks.ask(
                caller,
                inquiry,
                new Desk.Listener() {
                  @Override
                  public void packed(Prepared prepared) {
                    events.send("evidence", evidence(inquiry, prepared));
                  }

                  @Override
                  public void text(String delta) {
                    events.send("delta", Json.object().put("text", delta));
                  }

                  @Override
                  public void reasoning(String delta) {
                    events.send("reasoning", Json.object().put("text", delta));
                  }
                });
        end(events, asked);
      } catch (RuntimeException e) {
        events.send("error", Problems.of(e).json());
      }
    }
  }

  private static void end(Events events, Asked asked) {
    if (asked instanceof Asked.Replied replied) {
      replied.answer().citations().forEach(one -> events.send("citation", citation(one)));
      Optional<UserError> refusal = Asks.refusal(replied.reply());
      if (refusal.isPresent()) {
        events.send("error", Problems.of(refusal.get()).json());
        return;
      }
    }
    events.send("receipt", receipt(asked));
  }

  private Inquiry inquiry(Context context, JsonNode body) {
    return Inquiry.of(
        collection(context, body),
        Json.text(body, "question"),
        Json.text(body, "model", ""),
        Json.text(body, "budget", ""));
  }

  private String collection(Context context, JsonNode body) {
    return Caller.of(context).allowed(Json.text(body, "collection"));
  }

  private static Format format(JsonNode body) {
    String name = Json.text(body, "format", "xml");
    return Arrays.stream(Format.values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.USAGE, "format \"%s\": say xml, markdown or json".formatted(name)));
  }

  static ObjectNode evidence(Inquiry inquiry, Prepared prepared) {
    ObjectNode node = Json.object().put("question", inquiry.query());
    node.set("receipt", receipt(prepared));
    ArrayNode best = node.putArray("best");
    prepared.assembled().best().forEach(chunk -> best.add(chunk(chunk)));
    return node;
  }

  private static ObjectNode chunk(Chunk chunk) {
    ObjectNode node = Json.object().put("document", chunk.document().value());
    node.set("locator", Views.locator(chunk.locator()));
    return node.put("heading", chunk.heading())
        .put("tokens", chunk.tokens())
        .put("text", chunk.text());
  }

  static ObjectNode citation(Citation citation) {
    ObjectNode node =
        Json.object()
            .put("written", "[" + citation.display() + "]")
            .put("document", citation.document().value());
    node.set("locator", Views.locator(citation.locator()));
    return node.put("verified", citation.verified()).put("note", citation.problem());
  }

  private static JsonNode receipt(Prepared prepared) {
    return Json.read(
        ReceiptJson.of(prepared.assembled(), prepared.choice().model(), prepared.cost()));
  }

  /// Returns what an inquiry came to.
  static ObjectNode receipt(Asked asked) {
    ObjectNode node = Json.object();
    return switch (asked) {
      case Asked.Evidence evidence ->
          node.putNull("model")
              .put("answered", false)
              .put("notice", evidence.notice())
              .putNull("usage")
              .putNull("cost_usd")
              .putNull("cached_share")
              .put("seconds", 0);
      case Asked.Replied replied ->
          replied.reply() instanceof Reply.Answered answered
              ? receipt(node, replied, answered)
              : node.put("answered", false);
    };
  }

  private static ObjectNode receipt(
      ObjectNode node, Asked.Replied replied, Reply.Answered answered) {
    Usage usage = answered.usage();
    node.put("model", replied.prepared().choice().model().id())
        .put("answered", true)
        .put("finish", answered.finish())
        .put("notice", answered.notice().orElse(""));
    if (usage.reported()) {
      node.putObject("usage")
          .put("prompt_tokens", usage.prompt())
          .put("cached_tokens", usage.cached())
          .put("completion_tokens", usage.completion())
          .put("reasoning_tokens", usage.reasoning());
      node.put("cached_share", usage.cachedShare());
    } else {
      node.putNull("usage").putNull("cached_share");
    }
    Cost cost = replied.prepared().cost();
    if (cost.known() && usage.reported()) {
      node.put("cost_usd", replied.usd());
    } else {
      node.putNull("cost_usd");
    }
    return node.put("seconds", answered.took().toMillis() / 1e3);
  }
}
