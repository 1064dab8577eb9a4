package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.kafka.DevBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class BrokerAwayTest {
  /// Longer than any of Kafka's clients waits for a reply.
  private static final Duration AWAY = Duration.ofSeconds(75);

  private static final Duration WAIT = Duration.ofSeconds(90);

  @TempDir Path folder;

  private FutureTask<Shell.Result> started(String address, String... words) {
    var task =
        new FutureTask<>(
            () -> new Shell(folder.resolve("home")).with("BRIMFUL_KAFKA", address).run(words));
    Thread.ofPlatform().daemon().name(words[0]).start(task);
    return task;
  }

  @Test
  void anIndexWorkerWaitsForABrokerThatStartsLater() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    String address = "127.0.0.1:" + port;
    Path home = folder.resolve("home");
    var task =
        new FutureTask<>(() -> new Shell(home).with("BRIMFUL_KAFKA", address).run("index-worker"));
    Thread thread = Thread.ofPlatform().daemon().name("index-worker").start(task);
    TimeUnit.SECONDS.sleep(25);
    assertThat(task).isNotDone();

    try (DevBroker _ = DevBroker.start(folder.resolve("broker"), port)) {
      long end = System.nanoTime() + WAIT.toNanos();
      while (!Files.exists(home.resolve("collections/folder.json"))) {
        assertThat(System.nanoTime()).as("patience").isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(100);
      }
      thread.interrupt();

      assertThat(task)
          .succeedsWithin(WAIT)
          .extracting(Shell.Result::err)
          .asString()
          .containsOnlyOnce("no Kafka broker at " + address + ": waiting for it")
          .contains("index worker writes");
    }
  }

  @Test
  void whatFollowsAJobWaitsForTheBroker() throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("a.md"), "# One\n");
    DevBroker broker = DevBroker.start(folder.resolve("broker"), 0);
    String address = broker.bootstrap();
    FutureTask<Shell.Result> ingest =
        started(address, "ingest", corpus.toString(), "--collection", "docs", "--follow");
    while (!new Shell(folder.resolve("home"))
        .with("BRIMFUL_KAFKA", address)
        .run("status")
        .out()
        .contains("waiting: 1 for workers")) {
      TimeUnit.MILLISECONDS.sleep(200);
    }

    broker.close();
    TimeUnit.MILLISECONDS.sleep(AWAY.toMillis());
    assertThat(ingest).isNotDone();
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    try (DevBroker _ = DevBroker.start(folder.resolve("broker"), port)) {
      FutureTask<Shell.Result> worker = started(address, "worker", "--slots", "1");
      FutureTask<Shell.Result> index = started(address, "index-worker");

      assertThat(ingest)
          .succeedsWithin(WAIT)
          .satisfies(result -> assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK))
          .extracting(Shell.Result::err)
          .asString()
          .contains("no Kafka broker at " + address + ": waiting for it")
          .contains("1 of 1: 1 indexed");
      assertThat(worker).isNotDone();
      assertThat(index).isNotDone();
    }
  }
}
