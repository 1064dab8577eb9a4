package brimful.queue;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.queue.Errands.Errand;
import brimful.queue.Errands.Fate;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ErrandsTest {
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
    Errands.Doer doer =
        errand -> {
          come.add(errand);
          return Fate.DONE;
        };
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder);
        var one = new Errands(pipeline.cluster(), "each", 2, doer);
        var _ = new Errands(pipeline.cluster(), "each", 2, doer)) {
      one.add(texts);
      List<Errand> done = List.copyOf(IntStream.range(0, 20).mapToObj(_ -> take()).toList());

      assertThat(done).extracting(Errand::text).containsExactlyInAnyOrderElementsOf(texts);
      assertThat(come.poll(1, TimeUnit.SECONDS)).isNull();
    }
  }

  private Errand take() {
    try {
      return next();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsPutOffComesAgainAndWhatIsPutBackComesAnew() throws InterruptedException {
    Errands.Doer doer =
        errand -> {
          come.add(errand);
          return errand.delivery() == 1 && come.size() == 1
              ? Fate.LATER
              : errand.delivery() == 2 ? Fate.ANEW : Fate.DONE;
        };
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder);
        var errands = new Errands(pipeline.cluster(), "again", 1, doer)) {
      errands.add(List.of("errand"));
      while (come.size() < 3) {
        errands.await(java.time.Duration.ofMillis(50));
      }

      assertThat(come).extracting(Errand::delivery).containsExactly(1, 2, 1);
      assertThat(come).extracting(Errand::text).containsOnly("errand");
      assertThat(next().place()).isEqualTo(next().place()).isNotEqualTo(next().place());
    }
  }

  @Test
  void whatAWorkerHeldThatEndedGoesToAnother() throws InterruptedException {
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder)) {
      try (var first =
          new Errands(
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
          new Errands(
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
