package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.testing.Seeds;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("table.csv.ledger");
  }

  @Seeds
  void whatWasPutIsThereWhenItIsOpenedAgain(long seed) {
    var random = new Random(seed);
    var cells = new HashMap<String, Cell>();

    try (Ledger ledger = Ledger.open(file())) {
      for (int i = 0; i < 30; i++) {
        String key = "cell-" + random.nextInt(10);
        Cell cell = cell(random);
        cells.put(key, cell);
        ledger.put(Map.of(key, cell));
      }
    }

    try (Ledger ledger = Ledger.open(file())) {
      cells.forEach((key, cell) -> assertThat(ledger.cell(key)).isEqualTo(cell));
    }
  }

  private static Cell cell(Random random) {
    var bill = new Bill(random.nextInt(3), random.nextInt(), 1, 2, random.nextDouble(), 1, 0.25);
    return switch (random.nextInt(5)) {
      case 0 ->
          new Cell.Answered(
              "\"a \\\"b\\\"\"", random.nextDouble(), List.of(new Cell.Cited("a.md:1", "?")), bill);
      case 1 -> new Cell.Failed(Cause.CUT_OFF, "the stream broke off", bill);
      case 2 -> new Cell.Draft("{\"a\":", "no JSON", bill);
      case 3 -> new Cell.Sent(random.nextDouble(), bill);
      default -> new Cell.Pending(bill);
    };
  }

  @Test
  void oneProcessHasIt() {
    try (Ledger _ = Ledger.open(file())) {
      assertThatExceptionOfType(Ledger.InUse.class)
          .isThrownBy(() -> Ledger.open(file()))
          .withMessageContaining("in use by another run");
    }
  }

  @Test
  void anybodyMayLookWhileItIsInUse() {
    try (Ledger ledger = Ledger.open(file())) {
      ledger.begin("model", List.of(new Row("a.md", "q", "Why?", "key")));
      ledger.put(Map.of("key", new Cell.Sent(0.5, Bill.NOTHING)));

      Table table = Ledger.peek(file());

      assertThat(table.lines().getFirst().cell()).isInstanceOf(Cell.Sent.class);
      assertThat(table.states()).containsEntry("pending", 1);
    }
  }

  @Test
  void anInterruptedThreadStillWrites() {
    try (Ledger ledger = Ledger.open(file())) {
      Thread.currentThread().interrupt();
      ledger.put(Map.of("key", new Cell.Sent(0.5, Bill.NOTHING)));
      boolean interrupted = Thread.interrupted();
      ledger.put(Map.of("key", new Cell.Pending(Bill.NOTHING)));

      assertThat(interrupted).isTrue();
      assertThat(ledger.cell("key")).isInstanceOf(Cell.Pending.class);
    }
  }

  @Test
  void allMoneyCountsThatWasEverSpent() {
    try (Ledger ledger = Ledger.open(file())) {
      ledger.begin("model", List.of(new Row("a.md", "q", "Why?", "new")));
      ledger.put(Map.of("old", new Cell.Pending(new Bill(1, 9, 0, 9, 0.5, 0, 0))));
      ledger.put(Map.of("new", new Cell.Pending(Bill.unknown(0.25))));
      ledger.put("unit", new Ledger.WarmUp(Instant.EPOCH, new Bill(1, 9, 0, 1, 1, 0, 0)));

      assertThat(ledger.mostUsd()).isEqualTo(1.75);
      assertThat(ledger.table().bill().usd()).isEqualTo(1);
    }
  }
}
