package brimful.http;

import brimful.ask.PublicLine;
import brimful.collection.library.Collection;
import brimful.collection.library.CollectionService;
import brimful.collection.library.CollectionSource;
import brimful.collection.library.Job;
import brimful.collection.library.OpenCollection;
import brimful.collection.schedule.SyncSchedule;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.Picture;
import brimful.corpus.PictureSize;
import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import brimful.http.key.Right;
import brimful.service.Backend;
import brimful.source.Sources;
import brimful.view.AnswerJson;
import brimful.view.LocatorJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Serves `/v1/collections`: collections, their sources and files.
final class CollectionsApi {
  private static final String COLLECTION = "/v1/collections/{collection}";

  /// The most chunks of a document in one answer: about a million tokens.
  private static final int PARTS_MAX = 5_000;

  private final Backend backend;
  private final CollectionService collections;
  private final BiConsumer<String, Instant> forget;
  private final IdempotencyCache idempotencyCache = new IdempotencyCache();

  /// @param forget deletes what was made of a collection of some name before a time
  CollectionsApi(Backend backend, BiConsumer<String, Instant> forget) {
    this.backend = backend;
    this.forget = forget;
    collections = backend.collections();
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/collections", this::list),
        Route.post("/v1/collections", this::create),
        Route.get(COLLECTION, this::show),
        Route.delete(COLLECTION, this::delete),
        Route.get(COLLECTION + "/sources", this::sources),
        Route.post(COLLECTION + "/sources", this::add),
        Route.patch(COLLECTION + "/sources/{source}", this::change),
        Route.delete(COLLECTION + "/sources/{source}", this::remove),
        Route.post(COLLECTION + "/sources/{source}/sync", this::sync),
        Route.get(COLLECTION + "/files", this::files),
        Route.get(COLLECTION + "/text", this::text),
        Route.get(COLLECTION + "/picture", this::picture));
  }

  /// Returns the collection that the path names, if the caller may use it.
  static String collection(Context context) {
    return Caller.of(context).allowed(context.pathParam("collection"));
  }

  private void list(Context context) {
    JsonNode page;
    try {
      page = page(context);
    } catch (UserError e) {
      if (e.kind() != UserError.Kind.BUSY && e.kind() != UserError.Kind.NOT_FOUND) {
        throw e;
      }
      // One was deleted meanwhile, so the list no longer has it.
      page = page(context);
    }
    HttpJson.send(context, HttpStatus.OK, page);
  }

  private ObjectNode page(Context context) {
    List<Collection> all =
        collections.collections().stream()
            .filter(one -> Caller.of(context).test(one.name()))
            .toList();
    return Pagination.of(context, all, Collection::name, one -> view(context, one));
  }

  private ObjectNode view(Context context, Collection collection) {
    try (OpenCollection reading = collections.open(collection.name())) {
      return CollectionJson.collection(
          Caller.of(context), collection, collections.tokenizer(), reading);
    }
  }

  private void create(Context context) {
    JsonNode body = HttpJson.body(context);
    String name = HttpJson.text(body, "name");
    Caller caller = Caller.of(context);
    if (!caller.test(name)) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "key %s is limited to collections, and %s is not one of them: name one of its own"
              .formatted(caller.name(), name));
    }
    JsonNode created = idempotencyCache.once(context, name, () -> view(context, created(name)));
    HttpJson.send(context, HttpStatus.CREATED, created);
  }

  /// Creates a collection, which gets nothing of an earlier one of its name: a server that was
  /// killed while it deleted that may have left something.
  private Collection created(String name) {
    Collection created = collections.create(name);
    forget.accept(name, created.created());
    return created;
  }

  private void show(Context context) {
    HttpJson.send(
        context, HttpStatus.OK, view(context, collections.collection(collection(context))));
  }

  private void delete(Context context) {
    String name = collection(context);
    collections.delete(name);
    forget.accept(name, Instant.MAX);
    context.status(HttpStatus.NO_CONTENT);
  }

  private void sources(Context context) {
    Collection collection = collections.collection(collection(context));
    Map<String, String> enclosed = collection.enclosed();
    HttpJson.send(
        context,
        HttpStatus.OK,
        Pagination.of(
            context,
            collection.sources(),
            CollectionSource::id,
            one -> CollectionJson.source(Caller.of(context), one, enclosed)));
  }

  private void add(Context context) {
    JsonNode body = HttpJson.body(context);
    String location = HttpJson.text(body, "location");
    String time = HttpJson.text(body, "every", "");
    Optional<Duration> every =
        time.isEmpty() ? Optional.empty() : Optional.of(SyncSchedule.time("every", time));
    String collection = collection(context);
    Caller caller = Caller.of(context);
    JsonNode job =
        idempotencyCache.once(
            context,
            location + " " + time,
            () -> view(caller, added(caller, collection, location, every)));
    HttpJson.send(context, HttpStatus.ACCEPTED, job);
  }

  /// Adds a source from a location that the caller may use. A refusal names none of the server's
  /// folders.
  private Job added(Caller caller, String collection, String location, Optional<Duration> every) {
    if (!caller.grant().reaches(location)) {
      throw unreachable(location);
    }
    try {
      return collections.add(collection, location, every);
    } catch (UserError e) {
      throw e.kind() == UserError.Kind.FORBIDDEN
              && !caller.may(Right.OPERATE)
              && !Sources.isAddress(location)
          ? unreachable(location)
          : e;
    }
  }

  private static UserError unreachable(String location) {
    return new UserError(
        UserError.Kind.FORBIDDEN,
        "%s is not below a folder that this key may add: name a folder, file or repository there, or a git or web: address"
            .formatted(location));
  }

  /// Changes how often a source is read again, and reads it now.
  private void change(Context context) {
    JsonNode body = HttpJson.body(context);
    HttpJson.requireOnly(body, List.of("every"));
    Duration every = SyncSchedule.time("every", HttpJson.text(body, "every"));
    Collection collection = collections.collection(collection(context));
    String id = context.pathParam("source");
    CollectionSource source =
        collection
            .source(id)
            .orElseThrow(() ->
                new UserError(
                    UserError.Kind.NOT_FOUND,
                    "collection %s has no source %s: see its sources"
                        .formatted(collection.name(), id)));
    if (source.isUploads()) {
      throw new UserError(
          UserError.Kind.USAGE, "uploads are read when they come: they have no time of their own");
    }
    Job job = collections.add(collection.name(), source.location(), Optional.of(every));
    HttpJson.send(context, HttpStatus.ACCEPTED, view(Caller.of(context), job));
  }

  private void remove(Context context) {
    Job job = collections.remove(collection(context), context.pathParam("source"));
    HttpJson.send(context, HttpStatus.ACCEPTED, view(Caller.of(context), job));
  }

  private void sync(Context context) {
    boolean retry = HttpJson.bodyIfAny(context).path("retry_failed").asBoolean(false);
    String collection = collection(context);
    String source = context.pathParam("source");
    JsonNode job =
        idempotencyCache.once(
            context,
            Boolean.toString(retry),
            () -> view(Caller.of(context), collections.sync(collection, source, retry)));
    HttpJson.send(context, HttpStatus.ACCEPTED, job);
  }

  private static ObjectNode view(Caller caller, Job job) {
    return CollectionJson.job(caller, job, Instant.now());
  }

  private void files(Context context) {
    String state = Optional.ofNullable(context.queryParam("state")).orElse("");
    String name =
        Optional.ofNullable(context.queryParam("name")).orElse("").toLowerCase(Locale.ROOT);
    List<Map.Entry<DocumentId, Outcome>> found;
    try (OpenCollection reading = collections.open(collection(context))) {
      found =
          reading.ingested().all().entrySet().stream()
              .filter(entry -> state.isEmpty() || entry.getValue().state().equals(state))
              .filter(entry -> entry.getKey().value().toLowerCase(Locale.ROOT).contains(name))
              .toList();
    }
    HttpJson.send(
        context,
        HttpStatus.OK,
        Pagination.of(
            context,
            found,
            entry -> entry.getKey().value(),
            entry ->
                HttpJson.object()
                    .put("id", entry.getKey().value())
                    .put("state", entry.getValue().state())
                    .put("reason", PublicLine.withoutOptions(entry.getValue().display()))));
  }

  private static String document(Context context) {
    return Optional.ofNullable(context.queryParam("document"))
        .orElseThrow(() -> new UserError(UserError.Kind.USAGE, "no ?document=ID: see the files"));
  }

  private static int number(Context context, String name) {
    String number = Optional.ofNullable(context.queryParam(name)).orElse("0");
    if (!number.matches("\\d{1,9}")) {
      throw new UserError(UserError.Kind.USAGE, "%s=%s: give a number".formatted(name, number));
    }
    return Integer.parseInt(number);
  }

  private void picture(Context context) {
    int part = number(context, "part");
    Picture picture = backend.picture(collection(context), document(context), part);
    context.contentType(picture.mediaType());
    context.result(picture.bytes());
  }

  private void text(Context context) {
    String document = document(context);
    List<Chunk> chunks = backend.read(collection(context), document);
    Map<Integer, PictureSize> pictures = backend.pictures(collection(context), document);
    int first = Math.min(chunks.size(), number(context, "from"));
    int last = Math.min(chunks.size(), first + PARTS_MAX);
    ObjectNode node = HttpJson.object().put("document", document);
    ArrayNode parts = node.putArray("parts");
    for (Chunk chunk : chunks.subList(first, last)) {
      ObjectNode part = parts.addObject();
      part.set("locator", LocatorJson.of(chunk.locator()));
      part.put("heading", chunk.heading()).put("text", chunk.text()).put("tokens", chunk.tokens());
      PictureSize picture = pictures.get(chunk.ordinal());
      if (picture != null) {
        part.set("picture", AnswerJson.picture(chunk.ordinal(), picture));
      }
    }
    node.put("next", last < chunks.size() ? Integer.toString(last) : null);
    HttpJson.send(context, HttpStatus.OK, node);
  }
}
