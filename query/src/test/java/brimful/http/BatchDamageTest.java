package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.FakeBatchModel;
import brimful.testing.FakeBatchModel.Faults;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/// Batches of a server whose files are damaged.
final class BatchDamageTest {
  private static final String ORDER =
      """
      {"collection": "docs", "max_cost_usd": 1, "questions": [{"id": "q", "question": "What?"}]}
      """;

  @TempDir Path folder;

  @Seeds
  void oneThatIsDamagedIsSetAsideAndTheOthersAreThere(long seed) throws IOException {
    var random = new Random(seed);
    var answers = new FakeBatchModel(Faults.NONE);
    try (FakeDeepSeek model = FakeDeepSeek.start(0, Duration.ZERO, answers)) {
      String hit;
      String kept;
      try (TestServer testServer = TestServer.with(folder, model)) {
        testServer.file("a.md", "# Otters\n\nThey swim.\n").collection("docs");
        hit = batch(testServer);
        kept = batch(testServer);
      }
      damage(
          folder
              .resolve("batches")
              .resolve(hit)
              .resolve(List.of("order.json", "table.ledger").get((int) (seed % 2))),
          random);

      try (TestServer again = TestServer.with(folder, model)) {
        assertThat(again.get("/v1/batches/" + kept).statusCode()).isEqualTo(200);
        assertThat(again.get("/v1/batches/" + hit).statusCode()).isEqualTo(404);
      }
      try (Stream<Path> all = Files.list(folder.resolve("batches"))) {
        assertThat(all.map(one -> one.getFileName().toString()))
            .filteredOn(name -> name.startsWith(hit + ".damaged-"))
            .hasSize(1);
      }
    }
  }

  private static String batch(TestServer testServer) {
    String id = TestServer.tree(testServer.post("/v1/batches", ORDER).body()).path("id").asText();
    // The events end with the batch.
    assertThat(testServer.get("/v1/batches/%s/events".formatted(id)).statusCode()).isEqualTo(200);
    return id;
  }

  private static void damage(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (random.nextBoolean()) {
      Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length / 2)));
    } else {
      random.nextBytes(bytes);
      Files.write(file, bytes);
    }
  }
}
