package brimful.batch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import brimful.batch.BatchPlan;
import brimful.batch.BatchQuestion;
import brimful.batch.Unit;
import brimful.batch.ledger.LedgerEvent.Verdict;
import brimful.batch.table.Bill;
import brimful.batch.table.Cause;
import brimful.batch.table.Cell;
import brimful.batch.table.Cells;
import brimful.batch.table.Table;
import brimful.corpus.UserError;
import brimful.testing.Seeds;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchLedgerTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("table.csv.ledger");
  }

  private static LedgerEvent.Sent sent(
      String call, double usdMax, double usdLimit, String... cells) {
    return new LedgerEvent.Sent(
        new LedgerEvent.Call(call, "unit", UnitHolder.ALONE, usdMax, usdLimit), List.of(cells));
  }

  private static LedgerEvent.Sent sent(String call, String... cells) {
    return sent(call, 0.5, Double.POSITIVE_INFINITY, cells);
  }

  private static LedgerEvent.Settled settled(String call, String key, Cell cell) {
    return new LedgerEvent.Settled(call, Map.of(key, cell));
  }

  private static BatchPlan plan() {
    return new BatchPlan(
        List.of(new Unit("a.md", List.of(), "encrypted")),
        List.of(BatchQuestion.of("q", "Why?")),
        "model",
        Map.of("a.md", "hash"));
  }

  @Seeds
  void whatHappenedIsThereWhenItIsOpenedAgain(long seed) {
    var random = new Random(seed);
    var cells = new HashMap<String, Cell>();
    double spent;

    try (BatchLedger ledger = BatchLedger.open(file())) {
      for (int i = 0; i < 30; i++) {
        String key = "cell-" + random.nextInt(10);
        String call = "call-" + i;
        if (ledger.offer(sent(call, key)) == Verdict.GRANTED) {
          Cell cell = Cells.random(random);
          cells.put(key, cell);
          ledger.offer(settled(call, key, cell));
        }
      }
      spent = ledger.spentUsd();
    }

    try (BatchLedger ledger = BatchLedger.open(file())) {
      cells.forEach((key, cell) -> assertThat(ledger.cell(key)).isEqualTo(cell));
      assertThat(ledger.spentUsd()).isCloseTo(spent, within(1e-9));
    }
  }

  @Test
  void oneProcessHasIt() {
    try (BatchLedger _ = BatchLedger.open(file())) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> BatchLedger.open(file()))
          .withMessageContaining("in use by another run");
    }
  }

  @Test
  void anybodyMayLookWhileItIsInUse() {
    try (BatchLedger ledger = BatchLedger.open(file())) {
      BatchPlan plan = plan();
      ledger.begin(plan.run(), plan.model(), plan.rows());
      ledger.offer(sent("call", plan.rows().getFirst().key()));

      Table table = BatchLedger.peek(file());

      assertThat(table.lines().getFirst().cell()).isInstanceOf(Cell.Sent.class);
      assertThat(table.states()).containsEntry("pending", 1);
    }
  }

  @Test
  void whatAKilledRunLeftCountsAtItsMost(@TempDir Path left) throws IOException {
    Path copy = left.resolve("left.ledger");
    try (BatchLedger ledger = BatchLedger.open(file())) {
      BatchPlan plan = plan();
      ledger.begin(plan.run(), plan.model(), plan.rows());
      ledger.offer(sent("window", "window"));
      ledger.offer(settled("window", "window", new Cell.Pending(Bill.unknown(2))));
      ledger.offer(sent("call", plan.rows().getFirst().key()));
      Files.copy(file(), copy);
    }

    BatchLedger.AtRest rest = BatchLedger.atRest(copy);

    assertThat(rest.table().bill().mostUsd()).isZero();
    assertThat(rest.besideUsd()).isCloseTo(2.5, within(1e-9));
  }

  @Test
  void anInterruptedThreadStillWrites() {
    try (BatchLedger ledger = BatchLedger.open(file())) {
      Thread.currentThread().interrupt();
      ledger.offer(sent("call", "key"));
      boolean interrupted = Thread.interrupted();
      ledger.offer(settled("call", "key", new Cell.Pending(Bill.unknown(2))));

      assertThat(interrupted).isTrue();
      assertThat(ledger.cell("key")).isEqualTo(new Cell.Pending(Bill.unknown(2)));
    }
  }

  @Test
  void allMoneyCountsThatWasEverSpent() {
    try (BatchLedger ledger = BatchLedger.open(file())) {
      BatchPlan plan = plan();
      ledger.begin(plan.run(), plan.model(), plan.rows());
      String key = plan.rows().getFirst().key();
      ledger.offer(sent("1", "old"));
      ledger.offer(settled("1", "old", new Cell.Pending(new Bill(1, 9, 0, 9, 0.5, 0, 0))));
      ledger.offer(sent("2", key));
      ledger.offer(settled("2", key, new Cell.Pending(Bill.unknown(0.25))));
      ledger.offer(
          new LedgerEvent.Warmed(
              "unit", new BatchLedger.WarmUp(Instant.EPOCH, new Bill(1, 9, 0, 1, 1, 0, 0), 0)));

      assertThat(ledger.spentUsd()).isEqualTo(1.75);
      assertThat(ledger.table().bill().usd()).isEqualTo(1);
    }
  }

  @Seeds
  void whateverCallsCostTheLimitHolds(long seed) throws InterruptedException {
    try (BatchLedger ledger = BatchLedger.open(file())) {
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 4; i++) {
        var random = new Random(seed + i);
        String own = "thread-%s-".formatted(i);
        threads.add(Thread.ofVirtual().start(() -> spend(ledger, random, own)));
      }
      for (Thread thread : threads) {
        thread.join();
      }

      assertThat(ledger.spentUsd()).isBetween(4.0, 5.0);
    }
  }

  /// Spends until there is not even enough for the next call when all others are over.
  private static void spend(BatchLedger ledger, Random random, String own) {
    try {
      for (int i = 0; i < 1_000; i++) {
        double most = random.nextDouble();
        String key = own + i;
        Optional<Verdict> verdict = ledger.claim(sent(key, most, 5, key));
        while (verdict.isEmpty()) {
          ledger.await();
          verdict = ledger.claim(sent(key, most, 5, key));
        }
        if (verdict.get() == Verdict.BROKE) {
          return;
        }
        var bill = new Bill(1, 0, 0, 0, most * random.nextDouble(), 0, 0);
        ledger.offer(settled(key, key, new Cell.Pending(bill)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aCellIsAskedForByOneCallAtATime() {
    try (BatchLedger ledger = BatchLedger.open(file())) {
      ledger.offer(sent("first", "key"));

      assertThat(ledger.offer(sent("second", "other", "key"))).isEqualTo(Verdict.OVERTAKEN);
      assertThat(ledger.cell("other")).isEqualTo(Cell.untouched());
    }
  }

  @Test
  void aLateAnswerIsWelcomeUnlessTheCellWasAskedForAgain() {
    var answer = new Cell.Answered("1", 1, List.of(), Bill.NOTHING);
    try (BatchLedger ledger = BatchLedger.open(file())) {
      for (String key : List.of("once", "twice")) {
        ledger.offer(sent("first " + key, key));
        ledger.offer(settled("first " + key, key, lost()));
      }
      ledger.offer(new LedgerEvent.Reopened(List.of("twice")));
      ledger.offer(sent("second", "twice"));

      ledger.offer(settled("first once", "once", answer));
      ledger.offer(settled("first twice", "twice", answer));

      assertThat(ledger.cell("once")).isEqualTo(answer);
      assertThat(ledger.cell("twice")).isInstanceOf(Cell.Sent.class);
    }
  }

  private static Cell lost() {
    return new Cell.Failed(Cause.LOST, "lost", Bill.unknown(0.5));
  }

  @Test
  void whoeverHasTheLaterDeliveryHasTheUnit() {
    var first = new UnitHolder("units-0@7", 1);
    var second = new UnitHolder("units-0@7", 2);
    var beside = new UnitHolder("units-0@8", 1);
    try (BatchLedger ledger = BatchLedger.open(file())) {
      ledger.offer(new LedgerEvent.Taken("unit", first));
      ledger.offer(by(first));

      assertThat(ledger.offer(new LedgerEvent.Taken("unit", beside))).isEqualTo(Verdict.OVERTAKEN);
      assertThat(ledger.offer(new LedgerEvent.Taken("unit", second))).isEqualTo(Verdict.GRANTED);
      assertThat(ledger.offer(new LedgerEvent.Taken("unit", first))).isEqualTo(Verdict.OVERTAKEN);
      assertThat(ledger.offer(by(first))).isEqualTo(Verdict.OVERTAKEN);
      assertThat(ledger.cell("unit/q")).isInstanceOf(Cell.Failed.class);
      assertThat(ledger.lost()).isEqualTo(1);
    }
  }

  private static LedgerEvent.Sent by(UnitHolder holder) {
    return new LedgerEvent.Sent(
        new LedgerEvent.Call("call of " + holder.delivery(), "unit", holder, 0.5, 5),
        List.of("unit/q"));
  }

  @Test
  void aLedgerThatAnotherRunIsAboutToBeginIsNotDamaged() throws IOException {
    try (FileChannel begun =
            FileChannel.open(file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileLock _ = begun.lock()) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> BatchLedger.open(file()))
          .withMessageContaining("in use by another run");
      assertThat(BatchLedger.peek(file()).lines()).isEmpty();
    }
    assertThat(file()).exists();
  }

  @Test
  void aHeaderThatComesLateIsAwaited() throws Exception {
    try (BatchLedger ledger = BatchLedger.open(file())) {
      BatchPlan plan = plan();
      ledger.begin(plan.run(), plan.model(), plan.rows());
    }
    Path whole = Files.copy(file(), folder.resolve("whole"));
    Files.write(file(), new byte[0]);

    var rows =
        new FutureTask<>(() -> {
          try (BatchLedger ledger = BatchLedger.open(file())) {
            return ledger.table().lines().size();
          }
        });
    Thread opener = Thread.ofPlatform().start(rows);
    while (opener.getState() != Thread.State.TIMED_WAITING) {
      assertThat(rows).isNotDone();
      Thread.onSpinWait();
    }
    Files.move(whole, file(), StandardCopyOption.ATOMIC_MOVE);

    assertThat(rows.get()).isEqualTo(plan().rows().size());
  }

  @Test
  void anEmptyFileThatNobodyHasIsAnEmptyLedger() throws IOException {
    Files.write(file(), new byte[0]);

    assertThat(BatchLedger.atRest(file()).table().lines()).isEmpty();
    assertThat(BatchLedger.peek(file()).lines()).isEmpty();
    try (BatchLedger ledger = BatchLedger.open(file())) {
      assertThat(ledger.table().lines()).isEmpty();
    }
  }

  @Test
  void aHeaderThatIsCutOffIsDamage() throws IOException {
    Files.write(file(), new byte[100]);

    for (Function<Path, ?> reading :
        List.<Function<Path, ?>>of(BatchLedger::atRest, BatchLedger::open)) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> reading.apply(file()))
          .withMessageContaining("is not a ledger, or is damaged");
    }
  }

  @Test
  void whoIsTooLateToBeginALedgerLeavesItAlone() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 150; i++) {
        Path file = folder.resolve(i + ".ledger");
        var start = new CountDownLatch(1);
        Callable<Optional<BatchLedger>> opening =
            () -> {
              start.await();
              try {
                return Optional.of(BatchLedger.open(file));
              } catch (UserError e) {
                assertThat(e.kind()).as("%s", e).isEqualTo(UserError.Kind.BUSY);
                return Optional.empty();
              }
            };
        List<Future<Optional<BatchLedger>>> opened =
            Stream.generate(() -> pool.submit(opening)).limit(4).toList();
        start.countDown();
        for (Future<Optional<BatchLedger>> one : opened) {
          Optional<BatchLedger> ledger = one.get();
          if (ledger.isPresent()) {
            assertThat(file).exists();
          }
        }
        for (Future<Optional<BatchLedger>> one : opened) {
          one.get().ifPresent(BatchLedger::close);
        }
      }
    }
  }
}
