package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.store.Folders;
import brimful.testing.Await;
import brimful.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An index, the documents topic or both are lost, and everything is as after a clean run again.
final class LostDataTest {
  private static final Duration PATIENCE = Await.PATIENCE;

  @TempDir Path folder;

  private final String topics = "lost-" + UUID.randomUUID();
  private BackgroundCommand worker;

  @BeforeEach
  void ingestAll() throws Exception {
    Files.createDirectories(folder.resolve("corpus"));
    write("broker.md", "# Broker\n\nThe broker rebalances at noon.\n");
    write("Other.java", "class Other {\n  int nothing;\n}\n");
    write("gone.md", "# Gone\n");
    worker = command("home", "worker", "--slots", "1");
    try (var _ = command("home", "index-worker")) {
      ingest("--follow");
      Files.delete(folder.resolve("corpus/gone.md"));
      ingest("--follow");
    }
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  /// Files that have just been written count as changed until their time has settled.
  private void write(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("corpus").resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private Shell shell(String home) {
    return new Shell(folder.resolve(home)).with("BRIMFUL_KAFKA", TestBroker.address());
  }

  private BackgroundCommand command(String home, String... words) {
    return new BackgroundCommand(shell(home), with(words, "--topics", topics));
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  /// @return what it says
  private String ingest(String... options) {
    String[] words = {
      "ingest", folder.resolve("corpus").toString(), "--collection", "docs", "--topics", topics
    };
    Shell.Result result = shell("home").run(with(words, options));
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return result.err();
  }

  private List<String> chunks(String home) {
    return shell(home).run("chunks", "--collection", "docs").out().lines().toList();
  }

  private void awaitIndex(String home) throws InterruptedException {
    Await.until(PATIENCE, () -> chunks(home).equals(clean()));
  }

  private void awaitDifference() throws InterruptedException {
    Await.until(
        PATIENCE,
        () ->
            status()
                .contains("has 0 of 2 files of docs@deepseek-v3: the next brimful ingest submits"));
  }

  private String status() {
    return shell("home").run("status", "--topics", topics).out();
  }

  private List<String> clean() {
    return shell("clean").run("chunks", folder.resolve("corpus").toString()).out().lines().toList();
  }

  private void assertNothingIsLacking() {
    assertThat(ingest()).isEqualTo("nothing has changed in 2 files\n");
    assertThat(status()).doesNotContain("index worker ");
  }

  private void deleteDocuments() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestBroker.address()))) {
      admin.deleteTopics(List.of(topics + ".documents")).all().get();
    }
  }

  @Test
  void aLostIndexIsReadAgain() throws Exception {
    Folders.delete(folder.resolve("home/collections/docs"));

    try (var _ = command("home", "index-worker")) {
      awaitIndex("home");
      assertNothingIsLacking();
    }
  }

  @Test
  void anIndexFromABackupIsBroughtUpToDate() throws Exception {
    Path index = folder.resolve("home/collections/docs");
    Path backup = folder.resolve("backup");
    copy(index, backup);
    write("new.md", "# New\n\nThe queue drains at midnight.\n");
    try (var _ = command("home", "index-worker")) {
      ingest("--follow");
    }
    Folders.delete(index);
    copy(backup, index);
    assertThat(chunks("home")).isNotEqualTo(clean());

    try (var _ = command("home", "index-worker")) {
      awaitIndex("home");
      assertThat(ingest()).isEqualTo("nothing has changed in 3 files\n");
    }
  }

  @Test
  void aLostTopicIsFilledAgainWhileItsIndexAnswers() throws Exception {
    deleteDocuments();

    try (var _ = command("home", "index-worker")) {
      awaitDifference();
      assertThat(chunks("home")).isEqualTo(clean());
      assertThat(ingest("--follow"))
          .contains("has 0 of 2 files of docs@deepseek-v3: submitting the rest again\n")
          .contains("2 submitted");
      assertNothingIsLacking();
      assertThat(chunks("home")).isEqualTo(clean());
    }
    try (var _ = command("another", "index-worker")) {
      awaitIndex("another");
    }
  }

  @Test
  void aLostTopicAndItsLostIndexAreFilledAgain() throws Exception {
    deleteDocuments();
    Folders.delete(folder.resolve("home/collections"));

    try (var _ = command("home", "index-worker")) {
      awaitDifference();
      assertThat(ingest("--follow"))
          .contains("has 0 of 2 files of docs@deepseek-v3: submitting the rest again\n");
      assertThat(chunks("home")).isEqualTo(clean());
      assertNothingIsLacking();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
