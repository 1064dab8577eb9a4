package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.batch.Batch;
import brimful.batch.table.Bill;
import brimful.batch.table.Table;
import brimful.http.edge.HttpJson;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchRunTest {
  private static final int RUNS = 30;

  @TempDir Path folder;

  @Test
  void itsTableCanBeReadWhileItsLedgerIsOpenedAndClosed() {
    JsonNode options = HttpJson.object("{\"collection\": \"docs\", \"max_cost_usd\": 1}");
    var order = new BatchOrder("q.jsonl", "{\"id\": \"q\", \"question\": \"What?\"}\n", options);
    var run = new BatchRun("b", "", order, Instant.EPOCH, folder.resolve("table.ledger"));
    var ended = new AtomicBoolean();
    var reader =
        CompletableFuture.supplyAsync(() -> {
          int read = 0;
          while (!ended.get()) {
            assertThat(run.table().lines()).isEmpty();
            read++;
          }
          return read;
        });

    for (int i = 0; i < RUNS; i++) {
      run.run(
          ledger -> new Batch.Conclusion(new Table("m", List.of(), Bill.NOTHING), 0, 0, 0, "none"));
    }
    ended.set(true);

    assertThat(reader.join()).isPositive();
  }
}
