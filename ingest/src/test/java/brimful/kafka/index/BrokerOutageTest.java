package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.kafka.BrokerPulse;
import brimful.kafka.DevBroker;
import brimful.kafka.Pipelines;
import brimful.kafka.record.Revisions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An index worker whose broker goes away and comes back.
final class BrokerOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long NOW = Clock.systemUTC().millis();

  @TempDir private Path folder;

  @Test
  void outlivesARestartOfTheBroker() throws Exception {
    outlives(Duration.ZERO);
  }

  /// A producer gives up after a minute, and so did the index worker.
  @Test
  @Tag("slow")
  void outlivesABrokerThatIsAwayForMoreThanAMinute() throws Exception {
    outlives(Duration.ofSeconds(70));
  }

  @Test
  @Tag("slow")
  void isToldOnceAndOnceThatItIsOver() throws Exception {
    DevBroker broker = DevBroker.start(folder.resolve("broker"), 0);
    String address = broker.bootstrap();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    var told = new LinkedBlockingQueue<Boolean>();
    try (var pipeline = new Pipelines(address, folder);
        var pulse = new BrokerPulse(pipeline.cluster(), told::add)) {
      broker.close();
      assertThat(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isFalse();
      assertThat(pulse.trouble()).contains("no broker answers at " + address);
      Thread.sleep(Duration.ofSeconds(20));
      broker = DevBroker.start(folder.resolve("broker"), port);

      assertThat(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(pulse.trouble()).isEmpty();
      assertThat(told).isEmpty();
    } finally {
      broker.close();
    }
  }

  private void outlives(Duration pause) throws Exception {
    DevBroker broker = DevBroker.start(folder.resolve("broker"), 0);
    String address = broker.bootstrap();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    try (var pipeline = new Pipelines(address, folder)) {
      publish(pipeline, 1, "before");
      var config =
          new IndexWorkerConfig(pipeline.indexes(), pipeline.cluster().indexers("x"), 2, Set.of());
      var worker = new IndexWorker(pipeline.cluster(), config);
      var task =
          new FutureTask<>(() -> {
            worker.run(false);
            return true;
          });
      Thread.ofPlatform().daemon().start(task);
      // The second version makes the first one due to be swept.
      publish(pipeline, 2, "between");
      awaitItem(pipeline, "between");

      publish(pipeline, 3, "last");
      broker.close();
      Thread.sleep(pause);
      assertThat(task).isNotDone();
      broker = DevBroker.start(folder.resolve("broker"), port);
      publish(pipeline, 4, "after");

      awaitItem(pipeline, "after");
      worker.stop();
      assertThat(task).succeedsWithin(PATIENCE);
      worker.close();
    } finally {
      broker.close();
    }
  }

  private static void publish(Pipelines pipeline, int version, String text) {
    pipeline
        .publisher()
        .publish(Revisions.of(Pipelines.COLLECTION, "item", NOW + version, text))
        .join();
  }

  private static void awaitItem(Pipelines pipeline, String text) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (pipeline.indexed().stream().noneMatch(chunk -> chunk.contains(text))) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      Thread.sleep(100);
    }
  }
}
