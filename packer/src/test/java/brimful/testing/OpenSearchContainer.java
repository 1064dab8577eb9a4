package brimful.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/// One OpenSearch in a container for the tests of a JVM; each test has a prefix of its own.
public final class OpenSearchContainer {
  private static final String IMAGE = "opensearchproject/opensearch:3.9.0";
  private static final Duration START_MAX = Duration.ofMinutes(3);
  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private OpenSearchContainer() {}

  /// Returns a prefix that no other test has, as `--index` takes it. Without Docker or the image
  /// the calling test is aborted, and one line says so.
  public static String option() {
    Lacking.LINE.ifPresent(Assumptions::abort);
    return "opensearch=%s/test%s".formatted(Running.SERVER, PREFIXES.incrementAndGet());
  }

  /// Returns its address, without a prefix.
  public static String server() {
    Lacking.LINE.ifPresent(Assumptions::abort);
    return Running.SERVER;
  }

  /// Asked once for each JVM, as the answer may take a minute.
  private static final class Lacking {
    private static final Optional<String> LINE = line();

    private static Optional<String> line() {
      Optional<String> line = ContainerImages.lacking(IMAGE);
      line.ifPresent(why -> System.err.println(why + ": tests with OpenSearch do not run"));
      return line;
    }
  }

  private static final class Running {
    private static final String SERVER = start();

    private static String start() {
      // With one address there is one port: IPv4's and IPv6's may differ.
      String published = isInContainer() ? "0.0.0.0::9200" : "127.0.0.1::9200";
      List<String> command =
          new ArrayList<>(List.of("docker", "run", "--rm", "-d", "-p", published));
      for (String setting :
          List.of(
              "discovery.type=single-node",
              "DISABLE_SECURITY_PLUGIN=true",
              "OPENSEARCH_JAVA_OPTS=-Xms512m -Xmx1g",
              // The machine's disk is not what is tested.
              "cluster.routing.allocation.disk.threshold_enabled=false")) {
        command.add("-e");
        command.add(setting);
      }
      command.add(IMAGE);
      String id = docker(command);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform().unstarted(() -> docker(List.of("docker", "rm", "-f", id))));
      String port = docker(List.of("docker", "port", id, "9200")).replaceFirst(".*:", "");
      return awaited(port, id);
    }

    private static boolean isInContainer() {
      return Files.exists(Path.of("/.dockerenv"));
    }

    private static String docker(List<String> command) {
      var end = ContainerImages.run(Duration.ofSeconds(60), command.toArray(String[]::new));
      if (!end.well()) {
        throw new IllegalStateException(String.join(" ", command) + ": " + end.output());
      }
      return end.output();
    }

    private static String awaited(String port, String id) {
      List<String> hosts = new ArrayList<>(List.of("127.0.0.1"));
      if (isInContainer()) {
        hosts.add(ContainerImages.gateway("docker"));
      }
      try (HttpClient http = HttpClient.newHttpClient()) {
        long end = System.nanoTime() + START_MAX.toNanos();
        while (System.nanoTime() < end) {
          for (String host : hosts) {
            if (answers(http, "http://%s:%s".formatted(host, port))) {
              return "http://%s:%s".formatted(host, port);
            }
          }
          TimeUnit.MILLISECONDS.sleep(500);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException(
          docker(List.of("docker", "logs", "--tail", "1", id)) + ": OpenSearch does not start");
    }

    private static boolean answers(HttpClient http, String server) throws InterruptedException {
      try {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(server + "/_cluster/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
      } catch (IOException e) {
        return false;
      }
    }
  }
}
