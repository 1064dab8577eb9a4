package brimful.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import brimful.corpus.UserError;
import brimful.model.ApiKey;
import brimful.model.Cost;
import brimful.model.ModelCatalog;
import brimful.model.ModelChoice;
import brimful.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpendLedgerTest {
  private static final SpendAccount LIMITED = new SpendAccount("team#1", "team", 10);

  @TempDir Path folder;

  private SpendLedger ledger() {
    return new SpendLedger(folder, Clock.systemUTC());
  }

  @Test
  void aReservationCountsUntilItIsSettledForLess() {
    Spender spender = ledger().spender(LIMITED);

    Spender.Reservation first = spender.reserve(6);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> spender.reserve(6))
        .withMessageContaining("key team has $4.00 left of its $10.00")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(UserError.Kind.UNPAID));
    first.settle(1);
    spender.reserve(6).settle(6);

    assertThat(ledger().balance(LIMITED.id())).isEqualTo(new SpendLedger.Balance(7, 0));
  }

  @Test
  void whoeverForgetsToSettlePaysTheMost() {
    try (Spender.Reservation reservation = ledger().spender(LIMITED).reserve(3)) {
      assertThat(reservation.usdMost()).isEqualTo(3);
    }

    assertThat(ledger().balance(LIMITED.id())).isEqualTo(new SpendLedger.Balance(3, 0));
  }

  @Test
  void nobodyWaitsForCallsOfAProcessThatIsLongGone() {
    var _ = ledgerAt(Duration.ofMinutes(-31)).spender(LIMITED).reserve(4);
    var gone = (Spender.Decision.Refused) ledger().spender(LIMITED).decide(8);
    var _ = ledger().spender(LIMITED).reserve(3);
    var full = (Spender.Decision.Refused) ledger().spender(LIMITED).decide(5);

    assertThat(gone.othersUnderWay()).isFalse();
    assertThat(full.othersUnderWay()).isTrue();
  }

  private SpendLedger ledgerAt(Duration fromNow) {
    return new SpendLedger(folder, Clock.offset(Clock.systemUTC(), fromNow));
  }

  @Test
  void aClockThatJumpsForgetsNothing() {
    Spender.Reservation early = ledgerAt(Duration.ofDays(-3)).spender(LIMITED).reserve(2);
    Spender.Reservation late = ledgerAt(Duration.ofDays(3)).spender(LIMITED).reserve(3);

    ledger().compactNow();
    early.settle(1);
    late.settle(1);

    assertThat(ledger().balance(LIMITED.id())).isEqualTo(new SpendLedger.Balance(3, 0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void whatIsNoAmountIsBookedAtItsMost(double usd) {
    Spender.Reservation reservation = ledger().spender(LIMITED).reserve(3);

    reservation.settle(usd);

    assertThat(ledger().balance(LIMITED.id())).isEqualTo(new SpendLedger.Balance(3, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> ledger().spender(LIMITED).decide(usd));
    ledger().spender(LIMITED).reserve(1).settle(1);
  }

  @Test
  void theFirstSettlementCounts() {
    Spender.Reservation reservation = ledger().spender(LIMITED).reserve(3);

    reservation.settle(0);
    reservation.settle(2);
    reservation.close();

    assertThat(ledger().balance(LIMITED.id()).mostUsd()).isZero();
  }

  @Test
  void aProcessThatIsKilledLeavesItsCallsBookedAtTheirMost() {
    var _ = ledger().spender(LIMITED).reserve(9);

    SpendLedger next = ledger();

    assertThat(next.balance(LIMITED.id())).isEqualTo(new SpendLedger.Balance(0, 9));
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> next.spender(LIMITED).reserve(2));
  }

  @Test
  void aThreadThatWasInterruptedSettlesAllTheSame() {
    Spender.Reservation reservation = ledger().spender(LIMITED).reserve(3);
    Thread.currentThread().interrupt();

    reservation.settle(1);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(ledger().balance(LIMITED.id())).isEqualTo(new SpendLedger.Balance(1, 0));
  }

  /// Callers hang up at any time, and the calls of all are booked.
  @ParameterizedTest
  @ValueSource(doubles = {1e6, Double.POSITIVE_INFINITY})
  void threadsThatAreInterruptedLeaveNothingReserved(double limit) throws Exception {
    var account = new SpendAccount("hasty", "hasty", limit);
    List<SpendLedger> processes = List.of(ledger(), ledger());
    var random = new Random(8);
    var callers = new ArrayList<Thread>();
    var granted = new AtomicInteger();
    for (int i = 0; i < 40; i++) {
      Spender spender = processes.get(i % 2).spender(account);
      callers.add(
          Thread.ofVirtual()
              .start(() -> {
                Spender.Reservation reservation = spender.reserve(1);
                reservation.settle(0.001);
                granted.incrementAndGet();
              }));
    }
    while (callers.stream().anyMatch(Thread::isAlive)) {
      callers.get(random.nextInt(callers.size())).interrupt();
      TimeUnit.MICROSECONDS.sleep(200);
    }

    assertThat(granted).hasValue(40);
    assertThat(ledger().balance(account.id()).reservedUsd()).isZero();
    assertThat(ledger().balance(account.id()).settledUsd()).isCloseTo(0.04, within(1e-9));
  }

  /// Random calls of random threads of two processes, against a limit that they reach.
  @Seeds
  void neverPassesTheLimitAndNeverForgetsWhatWasBilled(long seed) throws Exception {
    List<SpendLedger> processes = List.of(ledger(), ledger());
    List<Callable<Double>> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      var random = new Random(seed * 4 + i);
      Spender spender = processes.get(i % 2).spender(LIMITED);
      threads.add(() -> billed(spender, random));
    }

    double billed = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads.size())) {
      for (Future<Double> one : pool.invokeAll(threads)) {
        billed += one.get();
      }
    }

    for (SpendLedger each : List.of(processes.getFirst(), processes.getLast(), ledger())) {
      assertThat(each.balance(LIMITED.id()).mostUsd())
          .isBetween(billed - 1e-9, LIMITED.usdMax() + 1e-9);
    }
  }

  private static double billed(Spender spender, Random random) {
    double billed = 0;
    for (int i = 0; i < 15; i++) {
      double most = random.nextDouble(1.5);
      if (spender.decide(most)
          instanceof Spender.Decision.Granted(Spender.Reservation reservation)) {
        double real = most * random.nextDouble();
        switch (random.nextInt(3)) {
          case 0 -> reservation.settle(real);
          case 1 -> reservation.settleUnknown();
          // The process loses it.
          default -> {}
        }
        billed += real;
      }
    }
    return billed;
  }

  @Test
  void whatACrashHasTornWasNeverGranted() throws IOException {
    ledger().spender(LIMITED).reserve(3).settle(2);
    Files.writeString(
        folder.resolve(SpendLedger.FILE), "reserve 0 team#1 9.0", StandardOpenOption.APPEND);

    SpendLedger next = ledger();
    next.spender(LIMITED).reserve(4).settle(1);

    assertThat(next.balance(LIMITED.id())).isEqualTo(new SpendLedger.Balance(3, 0));
    assertThat(ledger().balance(LIMITED.id())).isEqualTo(new SpendLedger.Balance(3, 0));
  }

  @Seeds
  void aDamagedFileClosesTheAccountsThatHaveALimit(long seed) throws IOException {
    ledger().spender(LIMITED).reserve(3).settle(2);
    ledger().spender(LIMITED).reserve(3).settle(2);
    Path file = folder.resolve(SpendLedger.FILE);
    byte[] bytes = Files.readAllBytes(file);
    int hit = new Random(seed).nextInt(bytes.length - 1);
    bytes[hit] ^= 4;
    Files.write(file, bytes);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ledger().spender(LIMITED).reserve(1))
        .withMessageContaining("is damaged in line");
    ledger().spender(SpendAccount.LOCAL).reserve(1).settle(1);
  }

  @Test
  void aLimitIsNotKeptByGuessingAPrice() {
    var unpriced = new Cost(0, 0, 0, false);
    var billed =
        new ModelChoice(
            ModelCatalog.builtIn().find("local"), Optional.of(new ApiKey("sk-123")), 1_000);
    var free = new ModelChoice(billed.model(), Optional.of(ApiKey.NONE), 1_000);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ledger().spender(LIMITED).requirePrice(billed, unpriced))
        .withMessageContaining("local has no known price");
    ledger().spender(LIMITED).requirePrice(free, unpriced);
    ledger().spender(SpendAccount.LOCAL).requirePrice(billed, unpriced);
  }

  @Test
  void keepsTheSumsOfAFileThatGrew() {
    var old = Clock.fixed(Instant.now().minus(Duration.ofDays(2)), ZoneOffset.UTC);
    var _ = new SpendLedger(folder, old).spender(LIMITED).reserve(0.5);
    SpendLedger ledger = ledger();
    Spender spender = ledger.spender(new SpendAccount("many", "many", 1e6));
    Spender.Reservation underWay = spender.reserve(7);
    for (int i = 0; i < 30; i++) {
      spender.reserve(1).settle(1);
    }

    ledger.compactNow();
    underWay.settle(2);

    for (SpendLedger each : List.of(ledger, ledger())) {
      assertThat(each.balance("many").settledUsd()).isCloseTo(32, within(1e-9));
      assertThat(each.balance("many").reservedUsd()).isZero();
      assertThat(each.balance(LIMITED.id())).isEqualTo(new SpendLedger.Balance(0.5, 0));
    }
  }
}
