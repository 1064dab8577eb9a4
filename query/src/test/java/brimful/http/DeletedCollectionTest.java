package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.Home;
import brimful.collection.library.LibraryFolder;
import brimful.exhaustive.job.KeptRuns;
import brimful.http.key.Grant;
import brimful.http.key.Right;
import brimful.testing.Await;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a server keeps of a collection's batches and readings, and for whom.
final class DeletedCollectionTest {
  private static final int REQUESTS_PER_MINUTE = 6_000;
  private static final String ORIGIN = "in-process";
  private static final String BATCH =
      """
      {"collection": "docs", "per": "collection", "budget": "13k", "model": "gpt-5-mini",
       "exhaustive": true, "questions": [{"id": "codes", "question": "Which codes are there?"}]}
      """;

  @TempDir private Path folder;

  private final FakeReader reader = new FakeReader(true, Duration.ZERO);

  private static String batch(TestServer testServer) {
    return "/v1/batches/"
        + TestServer.tree(testServer.post("/v1/batches", BATCH).body()).path("id").asText();
  }

  private List<String> kept() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(path -> folder.relativize(path).toString())
          .filter(name -> name.matches(".*(order[.]json|answer[.]json|[.]ledger)"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int count(TestServer testServer, String path) {
    return TestServer.tree(testServer.get(path).body()).path("data").size();
  }

  @Test
  void takesItsBatchesAndReadingsAlong() {
    try (FakeDeepSeek model = ExhaustiveApiTest.model(reader);
        TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
      String reading = ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order());
      ExhaustiveApiTest.ended(testServer, reading);
      String batch = batch(testServer);
      testServer.get(batch + "/events");
      assertThat(kept()).hasSize(5);

      assertThat(testServer.delete("/v1/collections/docs").statusCode()).isEqualTo(204);

      assertThat(kept()).isEmpty();
      testServer.post("/v1/collections", "{\"name\": \"docs\"}");
      assertThat(count(testServer, "/v1/batches")).isZero();
      assertThat(count(testServer, "/v1/exhaustive")).isZero();
      assertThat(testServer.get(batch).statusCode()).isEqualTo(404);
      assertThat(testServer.get(reading).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void leavesNothingToAnotherOfItsNameWhenTheServerWasKilled() {
    try (FakeDeepSeek model = ExhaustiveApiTest.model(reader);
        TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
      String reading = ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order());
      ExhaustiveApiTest.ended(testServer, reading);
      String batch = batch(testServer);
      testServer.get(batch + "/events");
      // So far a kill lets it come.
      testServer.collections.delete("docs");
      assertThat(kept()).hasSize(5);

      assertThat(testServer.post("/v1/collections", "{\"name\": \"docs\"}").statusCode())
          .isEqualTo(201);

      assertThat(kept()).isEmpty();
      assertThat(testServer.get(batch).statusCode()).isEqualTo(404);
      assertThat(testServer.get(reading).statusCode()).isEqualTo(404);
    }
  }

  /// Deletes what the server's folders have, as a program beside it does.
  private KeptRuns.Forgotten dropped(String collection, String origin) {
    KeptRuns.Forgotten batches = new KeptRuns(new Home(folder), origin).forget(collection);
    KeptRuns.Forgotten readings =
        new KeptRuns(new Home(folder.resolve("home")), origin).forget(collection);
    return new KeptRuns.Forgotten(
        joined(batches.deleted(), readings.deleted()),
        joined(batches.running(), readings.running()),
        joined(batches.others(), readings.others()));
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  @Test
  void oneThatIsDroppedBesideTheServerTakesThemAlong() throws InterruptedException {
    try (FakeDeepSeek model = ExhaustiveApiTest.model(reader);
        TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
      String reading = ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order());
      ExhaustiveApiTest.ended(testServer, reading);
      String batch = batch(testServer);
      testServer.get(batch + "/events");
      Await.until(Await.PATIENCE, () -> !state(testServer, batch).equals("running"));

      assertThat(dropped("doc", ORIGIN))
          .isEqualTo(new KeptRuns.Forgotten(List.of(), List.of(), List.of()));
      for (String other : List.of("another cluster's", "")) {
        assertThat(dropped("docs", other).others()).hasSize(2);
        assertThat(dropped("docs", other).deleted()).isEmpty();
      }
      assertThat(kept()).hasSize(5);
      assertThat(dropped("docs", ORIGIN).deleted()).hasSize(2);

      assertThat(kept()).isEmpty();
      var library = new LibraryFolder(folder.resolve("library"));
      assertThat(library.isReadInProcess("docs")).isTrue();
      assertThat(library.isReadInProcess("doc")).isFalse();
      assertThat(testServer.get(batch).statusCode()).isEqualTo(404);
      assertThat(testServer.get(reading).statusCode()).isEqualTo(404);
      assertThat(count(testServer, "/v1/batches") + count(testServer, "/v1/exhaustive")).isZero();
    }
  }

  @Test
  void whatRunsOfItIsStoppedAndLeavesNothing() throws InterruptedException {
    var slow = new FakeReader(true, Duration.ofMillis(300));
    try (FakeDeepSeek model = ExhaustiveApiTest.model(slow);
        TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
      String reading = ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order());
      String batch = batch(testServer);
      Await.until(Await.PATIENCE, () -> !slow.log().isEmpty());

      KeptRuns.Forgotten forgotten = dropped("docs", ORIGIN);
      assertThat(forgotten.running()).isNotEmpty();
      assertThat(forgotten.running().size() + forgotten.deleted().size()).isEqualTo(2);

      Await.until(Await.PATIENCE, () -> kept().isEmpty() && !leftovers());
      int sent = slow.log().size();
      assertThat(sent).isLessThan(2 * ExhaustiveApiTest.WINDOWS);
      assertThat(testServer.get(batch).statusCode()).isEqualTo(404);
      assertThat(testServer.post(reading + "/resume", "{}").statusCode()).isEqualTo(404);
    }
  }

  private static String state(TestServer testServer, String run) {
    return TestServer.tree(testServer.get(run).body()).path("state").asText();
  }

  /// Returns whether folders of runs are there.
  private boolean leftovers() {
    try (Stream<Path> batches = Files.list(folder.resolve("batches"));
        Stream<Path> jobs = Files.list(folder.resolve("home/windows/jobs"))) {
      return batches.findAny().isPresent() || jobs.findAny().isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void stopsWhatRuns() throws InterruptedException {
    var slow = new FakeReader(true, Duration.ofMillis(300));
    try (FakeDeepSeek model = ExhaustiveApiTest.model(slow);
        TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
      String reading = ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order());
      String batch = batch(testServer);
      Await.until(Await.PATIENCE, () -> !slow.log().isEmpty());

      assertThat(testServer.delete("/v1/collections/docs").statusCode()).isEqualTo(204);

      assertThat(testServer.get(batch).statusCode()).isEqualTo(404);
      assertThat(testServer.post(reading + "/resume", "{}").statusCode()).isEqualTo(404);
      Await.until(Await.PATIENCE, () -> kept().isEmpty());
    }
  }

  @Test
  void keysSeeWhatIsOfCollectionsThatTheyMayUse() {
    try (FakeDeepSeek model = ExhaustiveApiTest.model(reader);
        TestServer open = ExhaustiveApiTest.docs(TestServer.locked(folder, model))) {
      Grant ours = new Grant(List.of("docs"), Set.of(Right.MANAGE), List.of());
      Grant others = new Grant(List.of("other"), Set.of(Right.MANAGE), List.of());
      String first = open.keys.add("first", ours, 0, REQUESTS_PER_MINUTE);
      String second = open.keys.add("second", ours, 0, REQUESTS_PER_MINUTE);
      String third = open.keys.add("third", others, 0, REQUESTS_PER_MINUTE);
      String reading = ExhaustiveApiTest.start(open.as(first), ExhaustiveApiTest.order());
      ExhaustiveApiTest.ended(open, reading);
      String batch = batch(open);

      for (String one : List.of(reading, batch)) {
        assertThat(open.as(second).get(one).statusCode()).isEqualTo(200);
        assertThat(open.as(third).get(one).statusCode()).isEqualTo(404);
      }
      assertThat(count(open, "/v1/exhaustive") + count(open, "/v1/batches")).isZero();
    }
  }
}
