package brimful.http;

import brimful.collection.Collection;
import brimful.collection.CollectionService;
import brimful.collection.CollectionSource;
import brimful.collection.Job;
import brimful.collection.OpenCollection;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.desk.Desk;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Collections, their sources and files.
final class CollectionsApi {
  private static final String COLLECTION = "/v1/collections/{collection}";

  /// The most chunks of a document in one answer: about a million tokens.
  private static final int PARTS_MAX = 5_000;

  private final Desk desk;
  private final CollectionService collections;
  private final Repeats repeats = new Repeats();

  CollectionsApi(Desk desk) {
    this.desk = desk;
    collections = desk.collections();
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/collections", this::list),
        Route.post("/v1/collections", this::create),
        Route.get(COLLECTION, this::show),
        Route.delete(COLLECTION, this::delete),
        Route.get(COLLECTION + "/sources", this::sources),
        Route.post(COLLECTION + "/sources", this::add),
        Route.delete(COLLECTION + "/sources/{source}", this::remove),
        Route.post(COLLECTION + "/sources/{source}/sync", this::sync),
        Route.get(COLLECTION + "/files", this::files),
        Route.get(COLLECTION + "/text", this::text));
  }

  /// Returns the collection that a path names, if the caller may use it.
  static String collection(Context context) {
    return Caller.of(context).allowed(context.pathParam("collection"));
  }

  private void list(Context context) {
    List<Collection> all =
        collections.collections().stream()
            .filter(one -> Caller.of(context).test(one.name()))
            .toList();
    Json.send(context, HttpStatus.OK, Pages.of(context, all, Collection::name, this::view));
  }

  private ObjectNode view(Collection collection) {
    try (OpenCollection reading = collections.open(collection.name())) {
      return Views.collection(collection, collections.tokenizer(), reading);
    }
  }

  private void create(Context context) {
    JsonNode body = Json.body(context);
    String name = Caller.of(context).allowed(Json.text(body, "name"));
    JsonNode created = repeats.once(context, name, () -> view(collections.create(name)));
    Json.send(context, HttpStatus.CREATED, created);
  }

  private void show(Context context) {
    Json.send(context, HttpStatus.OK, view(collections.collection(collection(context))));
  }

  private void delete(Context context) {
    collections.delete(collection(context));
    context.status(HttpStatus.NO_CONTENT);
  }

  private void sources(Context context) {
    List<CollectionSource> all = collections.collection(collection(context)).sources();
    Json.send(context, HttpStatus.OK, Pages.of(context, all, CollectionSource::id, Views::source));
  }

  private void add(Context context) {
    String location = Json.text(Json.body(context), "location");
    String collection = collection(context);
    JsonNode job =
        repeats.once(context, location, () -> view(collections.add(collection, location)));
    Json.send(context, HttpStatus.ACCEPTED, job);
  }

  private void remove(Context context) {
    Job job = collections.remove(collection(context), context.pathParam("source"));
    Json.send(context, HttpStatus.ACCEPTED, view(job));
  }

  private void sync(Context context) {
    boolean retry =
        context.bodyAsBytes().length > 0
            && Json.body(context).path("retry_failed").asBoolean(false);
    String collection = collection(context);
    String source = context.pathParam("source");
    JsonNode job =
        repeats.once(
            context,
            Boolean.toString(retry),
            () -> view(collections.sync(collection, source, retry)));
    Json.send(context, HttpStatus.ACCEPTED, job);
  }

  private static ObjectNode view(Job job) {
    return Views.job(job, Instant.now());
  }

  private void files(Context context) {
    String state = Optional.ofNullable(context.queryParam("state")).orElse("");
    if (!state.isEmpty()
        && !List.of("indexed", "truncated", "skipped", "encrypted", "failed").contains(state)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "state=%s: say indexed, truncated, skipped, encrypted or failed".formatted(state));
    }
    List<Map.Entry<DocumentId, Outcome>> found;
    try (OpenCollection reading = collections.open(collection(context))) {
      found =
          reading.ingested().outcomes().entrySet().stream()
              .filter(entry -> state.isEmpty() || state(entry.getValue()).equals(state))
              .toList();
    }
    Json.send(
        context,
        HttpStatus.OK,
        Pages.of(
            context,
            found,
            entry -> entry.getKey().value(),
            entry ->
                Json.object()
                    .put("id", entry.getKey().value())
                    .put("state", state(entry.getValue()))
                    .put("reason", entry.getValue().display())));
  }

  private static String state(Outcome outcome) {
    return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private void text(Context context) {
    String document =
        Optional.ofNullable(context.queryParam("document"))
            .orElseThrow(
                () -> new UserError(UserError.Kind.USAGE, "no ?document=ID: see the files"));
    List<Chunk> chunks = desk.read(collection(context), document);
    String from = Optional.ofNullable(context.queryParam("from")).orElse("0");
    if (!from.matches("\\d{1,9}")) {
      throw new UserError(UserError.Kind.USAGE, "from=%s: give a number".formatted(from));
    }
    int first = Math.min(chunks.size(), Integer.parseInt(from));
    int last = Math.min(chunks.size(), first + PARTS_MAX);
    ObjectNode node = Json.object().put("document", document);
    ArrayNode parts = node.putArray("parts");
    for (Chunk chunk : chunks.subList(first, last)) {
      ObjectNode part = parts.addObject();
      part.set("locator", Views.locator(chunk.locator()));
      part.put("heading", chunk.heading()).put("text", chunk.text()).put("tokens", chunk.tokens());
    }
    node.put("next", last < chunks.size() ? Integer.toString(last) : null);
    Json.send(context, HttpStatus.OK, node);
  }
}
