package brimful.batch.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.batch.table.Cell;
import brimful.batch.table.Cells;
import brimful.corpus.UserError;
import brimful.testing.Seeds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EventJsonTest {
  @Seeds
  void whatIsWrittenIsRead(long seed) {
    var random = new Random(seed);
    var holder = new UnitHolder("topic-0@%s".formatted(random.nextInt(99)), random.nextInt(9));
    double limit = random.nextBoolean() ? Double.POSITIVE_INFINITY : random.nextDouble();
    var call = new LedgerEvent.Call("id", "unit", holder, random.nextDouble(), limit);
    var at = Instant.ofEpochMilli(random.nextLong(1L << 42));
    Cell cell = Cells.random(random);
    List<LedgerEvent> events =
        List.of(
            new LedgerEvent.Begun("run"),
            new LedgerEvent.Taken("unit", holder),
            new LedgerEvent.Left("unit", holder),
            new LedgerEvent.Sent(call, List.of("a", "b")),
            new LedgerEvent.Settled("id", Map.of("a", cell, "b", Cells.random(random))),
            new LedgerEvent.Warming(call, at),
            new LedgerEvent.Warmed("unit", new BatchLedger.WarmUp(at, cell.bill(), 0.5)),
            new LedgerEvent.Reopened(List.of("a")),
            new LedgerEvent.Gathered("a", cell, List.of("b", "c")));

    assertThat(events)
        .allSatisfy(event -> assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event));
  }

  @Test
  void anEntryOfALaterVersionIsNotGuessedAt() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> EventJson.read("{\"v\":2,\"is\":\"begun\"}".getBytes(UTF_8)))
        .withMessageContaining("later version");
  }
}
