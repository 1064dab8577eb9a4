package brimful.http.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.service.SpendAccount;
import brimful.service.SpendLedger;
import brimful.testing.Seeds;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// Keys that threads of two processes change at once. With real files and locks, so that a checker
/// of models cannot take the turns; what must hold is counted instead.
final class KeyStoreInterleavingTest {
  private static final int THREADS = 4;
  private static final SpendAccount SHARED =
      new SpendAccount("shared", "shared", Double.POSITIVE_INFINITY);

  @TempDir Path folder;
  private final Map<String, AtomicInteger> balance = new ConcurrentHashMap<>();
  private final DoubleAdder spent = new DoubleAdder();

  @Seeds
  void nothingIsLostOrDoubled(long seed) throws Exception {
    check(seed, 15);
  }

  @Seeds
  @Tag("slow")
  void nothingIsLostOrDoubledInManyMoreChanges(long seed) throws Exception {
    check(seed, 500);
  }

  private void check(long seed, int changes) throws Exception {
    List<KeyStore> processes =
        List.of(new KeyStore(folder, Clock.systemUTC()), new KeyStore(folder, Clock.systemUTC()));
    List<SpendLedger> ledgers =
        List.of(
            new SpendLedger(folder, Clock.systemUTC()), new SpendLedger(folder, Clock.systemUTC()));
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      var random = new Random(seed * THREADS + thread);
      KeyStore keys = processes.get(thread % processes.size());
      SpendLedger ledger = ledgers.get(thread % ledgers.size());
      calls.add(() -> {
        for (int i = 0; i < changes; i++) {
          change(keys, ledger, random);
        }
        return true;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Boolean> one : threads.invokeAll(calls)) {
        assertThat(one.get()).isTrue();
      }
    }

    var now = new KeyStore(folder, Clock.systemUTC());
    for (SpendLedger ledger : ledgers) {
      assertThat(ledger.balance(SHARED.id()).settledUsd()).isCloseTo(spent.sum(), within(1e-6));
      assertThat(ledger.balance(SHARED.id()).reservedUsd()).isZero();
    }
    List<String> left =
        balance.entrySet().stream()
            .filter(entry -> entry.getValue().get() == 1)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    assertThat(balance.values()).allSatisfy(count -> assertThat(count.get()).isBetween(0, 1));
    for (KeyStore keys : List.of(processes.getFirst(), processes.getLast(), now)) {
      assertThat(keys.list()).extracting(Key::name).containsExactlyInAnyOrderElementsOf(left);
    }
  }

  /// Counts how often each key was added, less how often it was revoked.
  private void change(KeyStore keys, SpendLedger ledger, Random random) {
    String name = "k" + random.nextInt(3);
    AtomicInteger count = balance.computeIfAbsent(name, _ -> new AtomicInteger());
    switch (random.nextInt(3)) {
      case 0 -> {
        try {
          String _ = keys.add(name, Grant.asking("*"), 0, 60);
          count.incrementAndGet();
        } catch (RuntimeException e) {
          assertThat(e).hasMessageContaining("there is a key");
        }
      }
      case 1 -> {
        if (keys.revoke(name)) {
          count.decrementAndGet();
        }
      }
      default -> {
        ledger.spender(SHARED).reserve(1).settle(0.25);
        spent.add(0.25);
      }
    }
  }
}
