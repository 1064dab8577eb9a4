package brimful.extract;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MemoryPlanTest {

  @ParameterizedTest
  @CsvSource({
    // memory, heap, then the heap of a parser and how many there are, in MiB
    "1024, 256, 384, 1",
    "2048, 512, 1024, 1",
    "2048, 614, 1024, 1",
    "2048, 819, 845, 1",
    "4096, 1024, 1024, 2",
    "16384, 4096, 1024, 9",
    "24152, 6038, 1024, 14",
  })
  void dividesWhatIsLeftOfTheHeap(long total, long heap, long forkHeap, int forks) {
    MemoryPlan plan = MemoryPlan.of(total << 20, heap << 20);

    assertThat(plan.forkHeapBytes() >> 20).isEqualTo(forkHeap);
    assertThat(plan.forks()).isEqualTo(forks);
    assertThat(plan.fits()).isTrue();
  }

  @Test
  void saysWhatIsMissingWhereNotASingleParserHasRoom() {
    MemoryPlan plan = MemoryPlan.of(512L << 20, 205L << 20);

    assertThat(plan.fits()).isFalse();
    assertThat(plan.forks()).isEqualTo(1);
    assertThat(plan.display())
        .isEqualTo(
            "memory: 512 MiB here are too few for the heap, up to 205, 192 beside it, and a parser process of 320: give it 717 MiB, or a smaller heap by BRIMFUL_JAVA_OPTS=-Xmx");
  }

  @Test
  void showsTheSum() {
    assertThat(MemoryPlan.of(4096L << 20, 1024L << 20).atMost(1).display())
        .isEqualTo(
            "memory: 4,096 MiB here, of which up to 1,024 for the heap, 192 beside it, and 1,216 for each of up to 1 parser processes: 2,432 in all");
  }

  @Test
  void isThatOfThisMachine() {
    MemoryPlan plan = MemoryPlan.ofThisProcess(MemoryPlan.FORK_HEAP_BYTES);

    assertThat(plan.heapBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
    assertThat(plan.totalBytes()).isGreaterThan(256L << 20);
  }

  @Seeds
  void takesNoMoreThanThereIsWhereverThatCanBe(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      long total = random.nextLong(64L << 20, 256L << 30);
      long heap = random.nextLong(16L << 20, total);

      MemoryPlan plan = MemoryPlan.of(total, heap);

      long least = heap + 2 * MemoryPlan.BESIDE_HEAP_BYTES + MemoryPlan.FORK_HEAP_BYTES_MIN;
      assertThat(plan.fits()).isEqualTo(total >= least);
      assertThat(plan.forks()).isPositive();
      assertThat(plan.forkHeapBytes())
          .isBetween(MemoryPlan.FORK_HEAP_BYTES_MIN, MemoryPlan.FORK_HEAP_BYTES);
      assertThat(plan.atMost(1).takenBytes()).isLessThanOrEqualTo(plan.takenBytes());
    }
  }
}
