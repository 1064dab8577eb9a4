package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import brimful.http.monitor.Meters;
import brimful.http.monitor.Monitor;
import brimful.http.monitor.MonitorAddress;
import brimful.testing.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The metrics, health and readiness of every process that runs until it is stopped.
final class MetricsTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;

  private final String topics = "metrics-" + UUID.randomUUID();

  private Shell shell() {
    return new Shell(folder.resolve("home")).with("BRIMFUL_KAFKA", TestBroker.address());
  }

  private static HttpResponse<String> send(int port, String method, String path)
      throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s%s".formatted(port, path)))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until a line of a process's metrics has a value.
  private static void await(int port, String line) throws InterruptedException {
    while (true) {
      try {
        if (send(port, "GET", "/metrics").body().lines().anyMatch(line::equals)) {
          return;
        }
      } catch (UncheckedIOException _) {
        // It does not listen yet.
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  @Test
  @Timeout(120)
  void tellWhatWorkersAndIndexWorkersDo() throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("a.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    Files.writeString(corpus.resolve("broken.pdf"), "%PDF-1.4\nnothing of a PDF\n");
    int worker = RunningServer.freePort();
    int index = RunningServer.freePort();
    shell().run("ingest", corpus.toString(), "--collection", "docs", "--topics", topics);

    try (var _ =
            new BackgroundCommand(
                shell(), "worker", "--topics", topics, "--slots", "1", "--metrics", "" + worker);
        var _ =
            new BackgroundCommand(
                shell().with("BRIMFUL_METRICS", "127.0.0.1:" + index),
                "index-worker",
                "--topics",
                topics)) {
      await(worker, "brimful_files_total{outcome=\"indexed\"} 1.0");
      await(worker, "brimful_failures_total{cause=\"document\"} 1.0");
      await(worker, "brimful_broker_up 1.0");
      await(worker, "brimful_dead_letters 1.0");
      await(worker, "brimful_claims_waiting 0.0");
      await(index, "brimful_documents_waiting 0.0");
      await(index, "brimful_collections_parked 0.0");

      assertThat(send(index, "GET", "/metrics").body())
          .contains("brimful_records_total", "brimful_commit_age_seconds", "jvm_memory_used_bytes");
      assertThat(send(worker, "GET", "/health").body()).isEqualTo("{\"status\":\"up\"}");
      assertThat(send(worker, "GET", "/ready").body()).isEqualTo("{\"status\":\"ready\"}");
    }
  }

  @Test
  void servesThoseOfTheServerWithoutAKeyOnAPortOfTheirOwn() throws Exception {
    int port = RunningServer.freePort();
    var environment = Map.of("BRIMFUL_HOME", folder.resolve("home").toString());

    try (var _ = RunningServer.start(environment, folder, "--metrics", "" + port)) {
      assertThat(send(port, "GET", "/metrics").body()).contains("brimful_asks_running 0.0");
      assertThat(send(port, "GET", "/ready").statusCode()).isEqualTo(200);
      assertThat(send(port, "HEAD", "/health").statusCode()).isEqualTo(200);
      HttpResponse<String> posted = send(port, "POST", "/metrics");
      assertThat(posted.statusCode()).isEqualTo(405);
      assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD");
      assertThat(send(port, "GET", "/v1/status").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void refusesWhatIsNoPort() {
    assertThat(shell().run("worker", "--topics", topics, "--metrics", "all").err())
        .contains("--metrics \"all\": give a port, as in 9464");
    assertThat(shell().run("worker", "--topics", topics, "--metrics=").err())
        .contains("--metrics \"\": give a port, as in 9464");
  }

  @Test
  void addressesOfIpVersion6AreInBrackets() throws IOException {
    assertThat(MonitorAddress.of("::1:9999")).hasToString("[::1]:9999");
    assumeTrue(NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null, "no ::1");

    try (var meters = new Meters();
        var monitor = new Monitor(MonitorAddress.of("::1:0"), meters, Optional::empty)) {
      assertThat(monitor.url()).matches("http://\\[::1]:\\d+");
    }
  }
}
