package brimful.http;

import brimful.exhaustive.job.ReadingJob;
import brimful.exhaustive.job.ReadingJobs;
import brimful.exhaustive.job.ReadingOrder;
import brimful.http.edge.HttpJson;
import brimful.rank.Question;
import brimful.service.Backend;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Serves `/v1/exhaustive`: answers from all windows of a collection, as jobs.
final class ExhaustiveApi {
  private static final String READING = "/v1/exhaustive/{reading}";
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final List<String> FIELDS =
      List.of(
          "collection", "scope", "question", "model", "budget", "all_windows", BatchOrder.USD_MAX);
  private static final Pattern PLUS = Pattern.compile("[+]");

  private final Backend backend;
  private final ReadingJobs jobs;
  private final IdempotencyCache idempotencyCache = new IdempotencyCache();

  ExhaustiveApi(Backend backend, ReadingJobs jobs) {
    this.backend = backend;
    this.jobs = jobs;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/exhaustive", this::list),
        Route.post("/v1/exhaustive", this::start),
        Route.post("/v1/exhaustive/forecast", this::forecast),
        Route.get(READING, context -> send(context, HttpStatus.OK, job(context))),
        Route.delete(READING, this::cancel),
        Route.post(READING + "/resume", this::resume),
        Route.get(READING + "/events", this::follow));
  }

  private ReadingJob job(Context context) {
    return jobs.get(Caller.of(context), context.pathParam("reading"));
  }

  private ReadingOrder order(Context context, JsonNode body) {
    HttpJson.requireOnly(body, FIELDS);
    List<String> names = PLUS.splitAsStream(HttpJson.text(body, "collection")).distinct().toList();
    // Collections that the caller may not use look nonexistent.
    var _ = Scopes.corpus(backend, Caller.of(context), names, body);
    return new ReadingOrder(
        names,
        Scopes.scope(body.path("scope")).patterns(),
        Question.checked(HttpJson.text(body, "question")),
        HttpJson.text(body, "model", ""),
        HttpJson.textOrNumber(body, "budget"),
        HttpJson.flag(body, "all_windows", false),
        BatchOrder.usdMax(body));
  }

  private void list(Context context) {
    Instant now = Instant.now();
    HttpJson.send(
        context,
        HttpStatus.OK,
        Pagination.of(
            context,
            jobs.list(Caller.of(context)),
            ReadingJob::id,
            job -> progress(Caller.of(context), job, now)));
  }

  private void start(Context context) {
    JsonNode body = HttpJson.body(context);
    ReadingOrder order = order(context, body);
    Caller caller = Caller.of(context);
    caller.requireMoney();
    JsonNode started =
        idempotencyCache.once(
            context, body, () -> view(caller, jobs.start(caller, caller.name(), order)));
    HttpJson.send(context, HttpStatus.ACCEPTED, started);
  }

  private void forecast(Context context) {
    ReadingOrder order = order(context, HttpJson.body(context));
    HttpJson.send(context, HttpStatus.OK, jobs.estimate(Caller.of(context), order));
  }

  private void cancel(Context context) {
    ReadingJob job = job(context);
    job.cancel();
    send(context, HttpStatus.ACCEPTED, job);
  }

  private void resume(Context context) {
    ReadingJob job = job(context);
    JsonNode said = HttpJson.bodyIfAny(context);
    HttpJson.requireOnly(said, List.of("retry_failed", BatchOrder.USD_MAX));
    Caller caller = Caller.of(context);
    caller.requireMoney();
    double usdMax = said.has(BatchOrder.USD_MAX) ? BatchOrder.usdMax(said) : job.order().usdMax();
    jobs.resume(caller, job, usdMax, HttpJson.flag(said, "retry_failed", false));
    send(context, HttpStatus.ACCEPTED, job);
  }

  private static void send(Context context, HttpStatus status, ReadingJob job) {
    HttpJson.send(context, status, view(Caller.of(context), job));
  }

  private static ObjectNode view(Caller caller, ReadingJob job) {
    ObjectNode node = redacted(caller, job.whole(Instant.now()));
    JsonNode result = node.path("result");
    if (result.isObject()) {
      // The job's own is for all callers.
      JsonNode own = result.deepCopy();
      ArrayNode gaps = ((ObjectNode) own.path("receipt")).putArray("gaps");
      result
          .path("receipt")
          .path("gaps")
          .forEach(gap -> gaps.add(Redaction.line(caller, gap.asText())));
      node.set("result", own);
    }
    return node;
  }

  private static ObjectNode progress(Caller caller, ReadingJob job, Instant now) {
    return redacted(caller, job.progress(now));
  }

  private static ObjectNode redacted(Caller caller, ObjectNode node) {
    return node.put("notice", Redaction.line(caller, node.path("notice").asText()));
  }

  private void follow(Context context) {
    ReadingJob job = job(context);
    try (Events events = Events.open(context)) {
      Caller caller = Caller.of(context);
      ObjectNode sent = progress(caller, job, Instant.now());
      events.send("progress", sent);
      while (job.isRunning()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        ObjectNode progress = progress(caller, job, Instant.now());
        if (!progress.equals(sent)) {
          events.send("progress", progress);
          sent = progress;
        }
      }
      events.send("end", view(caller, job));
    } catch (InterruptedException e) {
      // The client is gone, or the server is stopping.
      Thread.currentThread().interrupt();
    }
  }
}
