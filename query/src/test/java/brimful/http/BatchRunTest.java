package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.batch.Batch;
import brimful.batch.RunState;
import brimful.batch.ledger.BatchLedger;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchRunTest {
  private static final int RUNS = 30;

  @TempDir Path folder;

  private BatchRun run() {
    JsonNode options = HttpJson.object("{\"collection\": \"docs\", \"max_cost_usd\": 1}");
    var order = new BatchOrder("q.jsonl", "{\"id\": \"q\", \"question\": \"What?\"}\n", options);
    return new BatchRun("b", "", order, Instant.EPOCH, folder.resolve("table.ledger"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatAServerLeftBeforeItsFirstCallIsNotDone(boolean opened) {
    if (opened) {
      BatchLedger.open(folder.resolve("table.ledger")).close();
    }

    BatchRun.Progress left = run().progress(Instant.EPOCH);

    assertThat(left.state()).isEqualTo(RunState.STOPPED);
    assertThat(left.notice()).isEqualTo("not all is asked: resume it");
  }

  @Test
  void itsTableCanBeReadWhileItsLedgerIsOpenedAndClosed() {
    BatchRun run = run();
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
