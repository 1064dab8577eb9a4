package brimful.http;

import brimful.collection.library.CollectionService;
import brimful.collection.library.Job;
import brimful.http.edge.HttpJson;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Serves `/v1/jobs`: jobs and their progress.
final class JobsApi {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final CollectionService collections;

  JobsApi(CollectionService collections) {
    this.collections = collections;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/jobs", this::list),
        Route.get("/v1/jobs/{job}", this::show),
        Route.delete("/v1/jobs/{job}", this::cancel),
        Route.get("/v1/jobs/{job}/events", this::follow));
  }

  private void list(Context context) {
    String collection = context.queryParam("collection");
    List<Job> jobs =
        collections.jobs().stream()
            .filter(job -> Caller.of(context).test(job.collection()))
            .filter(job -> collection == null || job.collection().equals(collection))
            .toList();
    Instant now = Instant.now();
    HttpJson.send(
        context,
        HttpStatus.OK,
        Pagination.of(
            context, jobs, Job::id, job -> CollectionJson.job(Caller.of(context), job, now)));
  }

  private Job job(Context context) {
    return collections.job(context.pathParam("job"), Caller.of(context));
  }

  private void show(Context context) {
    HttpJson.send(
        context,
        HttpStatus.OK,
        CollectionJson.job(Caller.of(context), job(context), Instant.now()));
  }

  private void cancel(Context context) {
    Job cancelled = collections.cancel(job(context).id());
    HttpJson.send(
        context,
        HttpStatus.ACCEPTED,
        CollectionJson.job(Caller.of(context), cancelled, Instant.now()));
  }

  private void follow(Context context) {
    Job job = job(context);
    Caller caller = Caller.of(context);
    try (Events events = Events.open(context)) {
      Job sent = job;
      events.send("progress", CollectionJson.job(caller, job, Instant.now()));
      while (!job.state().isEnd()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        job = collections.job(job.id());
        if (!job.equals(sent)) {
          events.send("progress", CollectionJson.job(caller, job, Instant.now()));
          sent = job;
        }
      }
      events.send("end", CollectionJson.job(caller, job, Instant.now()));
    } catch (InterruptedException e) {
      // The client is gone, or the server is stopping.
      Thread.currentThread().interrupt();
    }
  }
}
