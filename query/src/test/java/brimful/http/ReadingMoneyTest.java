package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.batch.ledger.BatchLedger;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeReader;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What readings have spent is known, and their limits hold, however they end.
final class ReadingMoneyTest {
  @TempDir private Path folder;

  private final FakeReader reader = new FakeReader(true, Duration.ZERO);

  /// Replies to the last call in a wrong form, which is paid.
  private Script wrong(FakeDeepSeek.Request request) {
    Script reply = reader.apply(request);
    return reader.log().getLast().kind().equals("answer") ? Script.answer("nothing") : reply;
  }

  private static double booked(Path home) {
    try (BatchLedger copy = BatchLedger.copyOf(ledger(home))) {
      return copy.bookedUsd();
    }
  }

  static Path ledger(Path home) {
    try (Stream<Path> files = Files.walk(home)) {
      return files.filter(one -> one.toString().endsWith(".ledger")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aReadingWhoseLastCallFailsKeepsCountOfItsMoney() {
    try (FakeDeepSeek model = ExhaustiveApiTest.model(this::wrong)) {
      String reading;
      double spent;
      try (TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
        reading = ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order());
        JsonNode failed = ExhaustiveApiTest.ended(testServer, reading);
        spent = failed.path("spent_usd").asDouble();
        testServer.post(reading + "/resume", "{}");
        JsonNode again = ExhaustiveApiTest.ended(testServer, reading);

        assertThat(failed.path("state").asText()).as("%s", failed).isEqualTo("failed");
        assertThat(failed.path("notice").asText()).contains("retry_failed").doesNotContain("--");
        assertThat(failed.path("result").path("complete").asBoolean(true)).isFalse();
        assertThat(failed.path("result").path("answer").asText()).contains("- Alpha0 has 1000");
        assertThat(failed.path("result").path("findings")).hasSize(ExhaustiveApiTest.WINDOWS - 2);
        assertThat(reader.log("answer")).hasSize(2);
        assertThat(spent).isPositive().isCloseTo(booked(folder), within(1e-9));
        assertThat(again.path("spent_usd").asDouble()).isCloseTo(spent, within(1e-9));
      }
      try (TestServer restarted = TestServer.with(folder, model)) {
        JsonNode known = TestServer.tree(restarted.get(reading).body());
        assertThat(known.path("state").asText()).isEqualTo("failed");
        assertThat(known.path("result").path("findings")).hasSize(ExhaustiveApiTest.WINDOWS - 2);
        restarted.post(
            reading + "/resume", "{\"retry_failed\": true, \"max_cost_usd\": %s}".formatted(spent));
        JsonNode limited = ExhaustiveApiTest.ended(restarted, reading);

        assertThat(limited.path("state").asText()).as("%s", limited).isEqualTo("halted");
        assertThat(reader.log("answer")).hasSize(2);
      }
    }
  }

  /// Returns the folder of a reading.
  static Path job(Path home, String reading) {
    return ledger(home)
        .resolveSibling("jobs")
        .resolve(reading.substring(reading.lastIndexOf('/') + 1));
  }

  /// Leaves what a kill of a reading leaves, with another ledger, and returns the reading.
  private String killed(FakeDeepSeek model, byte[] ledger) throws IOException {
    String reading;
    try (TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
      reading =
          ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order().put("max_cost_usd", 1));
      ExhaustiveApiTest.ended(testServer, reading);
    }
    Path file = ledger(folder);
    Path job = job(folder, reading);
    Files.delete(job.resolve("answer.json"));
    Files.writeString(
        job.resolve("money.json"),
        "{\"spent_usd\": 0.25, \"ledger\": \"%s\", \"begun_usd\": 0}"
            .formatted(file.getFileName()));
    Files.delete(file);
    if (ledger.length > 0) {
      Files.write(file, ledger);
    }
    return reading;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10_000})
  void aKilledReadingWhoseLedgerIsLostIsNotFree(int bytes) throws IOException {
    try (FakeDeepSeek model = ExhaustiveApiTest.model(reader)) {
      String reading = killed(model, new byte[bytes]);
      int sent = reader.log().size();
      for (int start = 0; start < 2; start++) {
        try (TestServer restarted = TestServer.with(folder, model)) {
          HttpResponse<String> limited = restarted.post(reading + "/resume", "{}");

          assertThat(limited.statusCode()).isEqualTo(409);
          assertThat(limited.body())
              .contains("is not known", "its record is missing or damaged")
              .contains("resume it with max_cost_usd null");
          JsonNode known = TestServer.tree(restarted.get(reading).body());
          assertThat(known.path("state").asText()).isEqualTo("stopped");
          assertThat(known.path("spent_usd").asDouble()).isEqualTo(0.25);
          assertThat(reader.log()).hasSize(sent);
        }
      }
      try (TestServer restarted = TestServer.with(folder, model)) {
        for (int run = 0; run < (bytes == 0 ? 1 : 2); run++) {
          // The first one sets a damaged ledger aside.
          restarted.post(reading + "/resume", "{\"max_cost_usd\": null}");
          ExhaustiveApiTest.ended(restarted, reading);
        }
        JsonNode done = TestServer.tree(restarted.get(reading).body());
        assertThat(done.path("state").asText()).as("%s", done).isEqualTo("done");
        assertThat(done.path("spent_usd").asDouble()).isGreaterThan(0.25);
      }
    }
  }
}
