package brimful.http;

import brimful.ask.PublicLine;
import brimful.batch.BatchQuestion;
import brimful.batch.RunState;
import brimful.batch.table.Cell;
import brimful.batch.table.CellJson;
import brimful.batch.table.Table;
import brimful.batch.table.TableFile;
import brimful.http.edge.HttpJson;
import brimful.view.AnswerJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Serves `/v1/batches`: the same questions of every document, as a growing table.
final class BatchesApi {
  private static final String BATCH = "/v1/batches/{batch}";
  private static final Duration TELL_EVERY = Duration.ofMillis(500);

  private final BatchRuns runs;
  private final IdempotencyCache idempotencyCache = new IdempotencyCache();

  BatchesApi(BatchRuns runs) {
    this.runs = runs;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/batches", this::list),
        Route.post("/v1/batches", this::start),
        Route.post("/v1/batches/forecast", this::forecast),
        Route.get(BATCH, context -> send(context, HttpStatus.OK, run(context))),
        Route.delete(BATCH, this::cancel),
        Route.post(BATCH + "/resume", this::resume),
        Route.get(BATCH + "/cells", this::cells),
        Route.get(BATCH + "/events", this::follow),
        Route.get(BATCH + "/table.csv", context -> download(context, "csv", "text/csv")),
        Route.get(
            BATCH + "/table.jsonl", context -> download(context, "jsonl", "application/x-ndjson")));
  }

  private BatchRun run(Context context) {
    return runs.get(Caller.of(context), context.pathParam("batch"));
  }

  private static BatchOrder order(Context context) {
    BatchOrder order = BatchOrder.of(context);
    var _ = Caller.of(context).allowed(order.collection());
    return order;
  }

  private void list(Context context) {
    HttpJson.send(
        context,
        HttpStatus.OK,
        Pagination.of(context, runs.list(Caller.of(context)), run -> run.id, BatchesApi::view));
  }

  private void start(Context context) {
    BatchOrder order = order(context);
    JsonNode started =
        idempotencyCache.once(
            context, order.kept(), () -> view(runs.start(Caller.of(context), order)));
    HttpJson.send(context, HttpStatus.ACCEPTED, started);
  }

  private void forecast(Context context) {
    HttpJson.send(context, HttpStatus.OK, runs.forecast(Caller.of(context), order(context)));
  }

  private void cancel(Context context) {
    BatchRun run = run(context);
    run.cancel();
    send(context, HttpStatus.ACCEPTED, run);
  }

  private void resume(Context context) {
    BatchRun run = run(context);
    JsonNode said = HttpJson.bodyIfAny(context);
    double usdMax =
        said.has(BatchOrder.USD_MAX)
            ? BatchOrder.usdMax(said)
            : run.progress(Instant.now()).usdMax();
    runs.resume(Caller.of(context), run, usdMax, said.path("retry_failed").asBoolean(false));
    send(context, HttpStatus.ACCEPTED, run);
  }

  private static void send(Context context, HttpStatus status, BatchRun run) {
    HttpJson.send(context, status, view(run));
  }

  private static ObjectNode view(BatchRun run) {
    BatchRun.Progress progress = run.progress(Instant.now());
    ObjectNode node =
        HttpJson.object()
            .put("id", run.id)
            .put("collection", run.order.collection())
            .put("per", run.order.per())
            .put("exhaustive", run.order.exhaustive())
            .put("model", run.model());
    ArrayNode questions = node.putArray("questions");
    for (BatchQuestion question : run.questions) {
      questions
          .addObject()
          .put("id", question.id())
          .put("question", question.text())
          .put("type", question.type().name().toLowerCase(Locale.ROOT));
    }
    int answered = progress.counts().getOrDefault("answered", 0);
    int failed = progress.counts().getOrDefault("failed", 0);
    int pending = progress.counts().getOrDefault("pending", 0);
    node.put("state", progress.state().word())
        .put("cells", answered + failed + pending)
        .put("answered", answered)
        .put("failed", failed)
        .put("pending", pending)
        .put("spent_usd", progress.usd());
    if (Double.isInfinite(progress.usdMax())) {
      node.putNull(BatchOrder.USD_MAX).putNull("left_usd");
    } else {
      node.put(BatchOrder.USD_MAX, progress.usdMax())
          .put("left_usd", Math.max(0, progress.usdMax() - progress.usd()));
    }
    node.put("eta_seconds", progress.etaSeconds().orElse(null));
    return node.put("created", run.created.toString())
        .put("ended", progress.ended().equals(Instant.MAX) ? null : progress.ended().toString())
        .put("notice", progress.notice());
  }

  private void cells(Context context) {
    String state = Optional.ofNullable(context.queryParam("state")).orElse("");
    List<Table.Line> lines =
        run(context).table().lines().stream()
            .filter(line -> state.isEmpty() || line.cell().state().equals(state))
            .toList();
    HttpJson.send(
        context,
        HttpStatus.OK,
        Pagination.of(
            context,
            lines,
            line -> line.row().unit() + "/" + line.row().question(),
            BatchesApi::cell));
  }

  private void follow(Context context) {
    BatchRun run = run(context);
    BlockingQueue<Table.Line> finished = run.watch();
    try (Events events = Events.open(context)) {
      events.send("progress", view(run));
      long told = System.nanoTime();
      while (run.progress(Instant.now()).state() == RunState.RUNNING || !finished.isEmpty()) {
        Table.Line line = finished.poll(TELL_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        if (line != null) {
          events.send("cell", cell(line));
        }
        if (System.nanoTime() - told > TELL_EVERY.toNanos()) {
          events.send("progress", view(run));
          told = System.nanoTime();
        }
      }
      events.send("end", view(run));
    } catch (InterruptedException e) {
      // The client is gone, or the server is stopping.
      Thread.currentThread().interrupt();
    } finally {
      run.leave(finished);
    }
  }

  private void download(Context context, String ending, String type) {
    BatchRun run = run(context);
    try {
      Path file = Files.createTempFile("brimful-table", "." + ending);
      try {
        TableFile.write(run.table(), file);
        context
            .contentType(type + "; charset=utf-8")
            .header(
                "Content-Disposition",
                "attachment; filename=\"%s-%s.%s\""
                    .formatted(run.order.collection(), run.id, ending))
            .result(Files.readAllBytes(file));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a table", e);
    }
  }

  private static ObjectNode cell(Table.Line line) {
    Cell cell = line.cell();
    ObjectNode node =
        HttpJson.object()
            .put("unit", line.row().unit())
            .put("question", line.row().question())
            .put("state", cell.state());
    ArrayNode citations = HttpJson.array();
    switch (cell) {
      case Cell.Answered answered -> {
        node.set("answer", CellJson.tree(answered.json()));
        node.put("confidence", answered.confidence()).put("held", answered.held()).put("cause", "");
        answered.citations().forEach(cited -> citations.add(AnswerJson.citation(cited)));
      }
      case Cell.Failed failed ->
          node.putNull("answer")
              .putNull("confidence")
              .putNull("held")
              .put(
                  "cause",
                  "%s: %s".formatted(failed.cause().word(), PublicLine.of(failed.message())));
      case Cell.Pending _, Cell.Draft _, Cell.Sent _ ->
          node.putNull("answer").putNull("confidence").putNull("held").put("cause", "");
    }
    node.set("citations", citations);
    return node.put("tokens_in", cell.bill().tokensIn())
        .put("tokens_cached", cell.bill().tokensCached())
        .put("tokens_out", cell.bill().tokensOut())
        .put("cost_usd", cell.bill().usd());
  }
}
