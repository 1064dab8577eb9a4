package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PurseTest {
  @Seeds
  void whateverCallsCostTheLimitHolds(long seed) throws InterruptedException {
    var purse = new Purse(10, 1);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      var random = new Random(seed + i);
      threads.add(Thread.ofVirtual().start(() -> spend(purse, random)));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(purse.spent()).isBetween(8.0, 10.0);
  }

  private static void spend(Purse purse, Random random) {
    try {
      double most = random.nextDouble();
      while (purse.reserve(most)) {
        purse.settle(most, most * random.nextDouble());
        most = random.nextDouble();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aCallOfUnknownFateCountsAsDearAsItCanHaveBeen() throws InterruptedException {
    var purse = new Purse(1, 0);

    boolean first = purse.reserve(0.6);
    purse.settle(0.6, 0.6);

    assertThat(first).isTrue();
    assertThat(purse.reserve(0.6)).isFalse();
    assertThat(purse.left()).isEqualTo(0.4);
  }
}
