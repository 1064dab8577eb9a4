package brimful.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Asks a server by many at once, for a while, and prints how long its events took.
///
/// `java -cp … brimful.testing.Load URL COLLECTION QUESTIONS ASKERS SECONDS BUDGET DELAY_MS`, where
/// the model waits DELAY_MS before each piece of its answer: that is taken off the time of the
/// first one.
public final class Load {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final String collection;
  private final List<String> questions;
  private final String budget;
  private final ConcurrentLinkedQueue<Times> all = new ConcurrentLinkedQueue<>();
  private final AtomicInteger errors = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();

  private Load(String url, String collection, List<String> questions, String budget) {
    this.url = url;
    this.collection = collection;
    this.questions = questions;
    this.budget = budget;
  }

  /// When an answer's events came, in milliseconds from the request.
  private record Times(double evidence, double delta, double receipt) {}

  public static void main(String[] words) throws IOException {
    List<String> questions =
        Files.readAllLines(Path.of(words[2])).stream().filter(line -> !line.isBlank()).toList();
    var load = new Load(words[0], words[1], questions, words[5]);
    int askers = Integer.parseInt(words[3]);
    Duration time = Duration.ofSeconds(Long.parseLong(words[4]));
    double delay = Double.parseDouble(words[6]);
    load.repeat(askers, time, load::ask);
    load.print(askers, time, delay);
    double searched = load.repeat(askers, time.dividedBy(4), load::search);
    IO.println(
        String.format(Locale.ROOT, "search: %.0f answers/s by %d at once", searched, askers));
    IO.println("errors: %s".formatted(load.errors.get()));
    Runtime.getRuntime().exit(load.errors.get() == 0 ? 0 : 1);
  }

  /// Does something by many threads until the time is over; returns how often a second.
  private double repeat(int threads, Duration time, Runnable step) {
    long start = System.nanoTime();
    var done = new AtomicInteger();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < threads; i++) {
        executor.execute(() -> {
          while (System.nanoTime() - start < time.toNanos()) {
            try {
              step.run();
              done.incrementAndGet();
            } catch (RuntimeException e) {
              errors.incrementAndGet();
              System.err.println(e);
            }
          }
        });
      }
    }
    return done.get() / ((System.nanoTime() - start) / 1e9);
  }

  private String body() {
    String question = questions.get(next.getAndIncrement() % questions.size());
    return "{\"collection\":\"%s\",\"question\":\"%s\",\"budget\":\"%s\"}"
        .formatted(collection, question.replace("\"", "'"), budget);
  }

  private HttpRequest request(String path, String accept) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Content-Type", "application/json")
        .header("Accept", accept)
        .POST(HttpRequest.BodyPublishers.ofString(body()))
        .build();
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      HttpResponse<T> response = client.send(request, handler);
      if (response.statusCode() != 200) {
        throw new IllegalStateException("status " + response.statusCode());
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void search() {
    send(request("/v1/search", "application/json"), HttpResponse.BodyHandlers.discarding());
  }

  private void ask() {
    long start = System.nanoTime();
    var times = new double[3];
    HttpResponse<InputStream> response =
        send(request("/v1/ask", "text/event-stream"), HttpResponse.BodyHandlers.ofInputStream());
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        double now = (System.nanoTime() - start) / 1e6;
        switch (line) {
          case "event: evidence" -> times[0] = now;
          case "event: delta" -> times[1] = times[1] == 0 ? now : times[1];
          case "event: receipt" -> times[2] = now;
          case "event: error" -> throw new IllegalStateException("error: " + lines.readLine());
          default -> {
            // Data, comments and empty lines.
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (times[2] == 0) {
      throw new IllegalStateException("an answer without a receipt");
    }
    all.add(new Times(times[0], times[1], times[2]));
  }

  private void print(int askers, Duration time, double delay) {
    IO.println(
        String.format(
            Locale.ROOT,
            "%d askers, %d s, budget %s: %d answers, %.1f a second",
            askers,
            time.toSeconds(),
            budget,
            all.size(),
            (double) all.size() / time.toSeconds()));
    line("first event (evidence)", all.stream().map(Times::evidence).toList(), 0);
    line(
        String.format(Locale.ROOT, "first word, less the model's %.0f ms", delay), deltas(), delay);
    line("whole answer", all.stream().map(Times::receipt).toList(), 0);
  }

  private List<Double> deltas() {
    return all.stream().map(Times::delta).toList();
  }

  private static void line(String name, List<Double> values, double less) {
    var sorted = new ArrayList<>(values);
    sorted.sort(null);
    IO.println(
        String.format(
            Locale.ROOT,
            "%-36s p50 %,7.0f ms   p99 %,7.0f ms",
            name,
            sorted.get(sorted.size() / 2) - less,
            sorted.get((int) (0.99 * (sorted.size() - 1))) - less));
  }
}
