package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.pack.Window;
import brimful.testing.FakeBatchModel.Faults;
import brimful.testing.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WindowUnitsTest {
  private static final List<BatchQuestion> QUESTION =
      List.of(BatchQuestion.of("q", "Which is it?"));

  @TempDir Path folder;

  private static List<ChunkRef> chunks(List<Outline> documents) {
    return documents.stream().flatMap(document -> document.chunks().stream()).toList();
  }

  @Seeds
  void windowsHoldEveryChunkOnceInOrderAndWhole(long seed) {
    var random = new Random(seed);
    int budget = 9_000 + random.nextInt(6_000);
    try (BatchFixture fixture = new BatchFixture(folder, Faults.NONE)) {
      int documents = 1 + random.nextInt(6);
      for (int i = 0; i < documents; i++) {
        fixture.document(
            "folder & \"more\"/document-%s.md".formatted(i),
            BatchFixture.text(i, 1 + random.nextInt(400)));
      }
      try (Snapshot snapshot = fixture.index.snapshot()) {
        List<Unit> units = WindowUnits.of(snapshot.outlines(), BatchFixture.COUNTER, budget);

        assertThat(units.stream().flatMap(unit -> chunks(unit.documents()).stream()))
            .containsExactlyElementsOf(chunks(snapshot.outlines()));
        for (Unit unit : units) {
          Window sent =
              UnitWindow.of(unit, snapshot, BatchFixture.COUNTER, budget, QUESTION)
                  .ask(BatchPrompt.ask(QUESTION));
          assertThat(sent.leftOut()).as(unit.name()).isEmpty();
          assertThat(sent.placed()).hasSameSizeAs(chunks(unit.documents()));
        }
      }
    }
  }

  @Test
  void documentsThatFitAreNotCut() {
    try (BatchFixture fixture = new BatchFixture(folder, Faults.NONE).documents(5, 100);
        Snapshot snapshot = fixture.index.snapshot()) {
      List<Unit> units = WindowUnits.of(snapshot.outlines(), BatchFixture.COUNTER, 14_000);

      assertThat(units).hasSizeGreaterThan(1);
      assertThat(units.stream().flatMap(unit -> unit.documents().stream()))
          .containsExactlyElementsOf(snapshot.outlines());
    }
  }
}
