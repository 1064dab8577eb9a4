package brimful.kafka.work;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.kafka.Brokers;
import brimful.kafka.Pipelines;
import brimful.kafka.work.WorkQueue.Errand;
import brimful.kafka.work.WorkQueue.Fate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkQueueTest {
  @TempDir Path folder;

  private final BlockingQueue<Errand> come = new LinkedBlockingQueue<>();

  private Errand next() throws InterruptedException {
    @Nullable Errand errand = come.poll(60, TimeUnit.SECONDS);
    assertThat(errand).isNotNull();
    return errand;
  }

  @Test
  void eachIsDoneByOneOfSeveralWorkers() throws InterruptedException {
    List<String> texts = IntStream.range(0, 20).mapToObj(i -> "errand " + i).toList();
    WorkQueue.Doer doer =
        errand -> {
          come.add(errand);
          return Fate.DONE;
        };
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder);
        var one = new WorkQueue(pipeline.cluster(), "each", 2, doer);
        var _ = new WorkQueue(pipeline.cluster(), "each", 2, doer)) {
      one.add(texts);
      var done = new ArrayList<Errand>();
      while (done.size() < texts.size()) {
        done.add(next());
      }

      assertThat(done).extracting(Errand::text).containsExactlyInAnyOrderElementsOf(texts);
      assertThat(come.poll(1, TimeUnit.SECONDS)).isNull();
    }
  }

  @Test
  void whatIsPutOffComesAgainAndWhatIsPutBackComesAnew() throws InterruptedException {
    Iterator<Fate> fates = List.of(Fate.LATER, Fate.ANEW, Fate.DONE).iterator();
    WorkQueue.Doer doer =
        errand -> {
          come.add(errand);
          return fates.next();
        };
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder);
        var workQueue = new WorkQueue(pipeline.cluster(), "again", 1, doer)) {
      workQueue.add(List.of("errand"));
      List<Errand> all = List.of(next(), next(), next());

      assertThat(all).extracting(Errand::delivery).containsExactly(1, 2, 1);
      assertThat(all).extracting(Errand::text).containsOnly("errand");
      assertThat(all.get(1).place()).isEqualTo(all.get(0).place());
      assertThat(all.get(2).place()).isNotEqualTo(all.get(0).place());
    }
  }

  @Test
  void whatAWorkerHeldThatEndedGoesToAnother() throws InterruptedException {
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder)) {
      try (var first =
          new WorkQueue(
              pipeline.cluster(),
              "held",
              1,
              errand -> {
                come.add(errand);
                TimeUnit.MINUTES.sleep(5);
                return Fate.DONE;
              })) {
        first.add(List.of("errand"));
        Errand held = next();
        assertThat(held.delivery()).isEqualTo(1);
      }

      try (var _ =
          new WorkQueue(
              pipeline.cluster(),
              "held",
              1,
              errand -> {
                come.add(errand);
                return Fate.DONE;
              })) {
        assertThat(next().delivery()).isEqualTo(2);
      }
    }
  }
}
