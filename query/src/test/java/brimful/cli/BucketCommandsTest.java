package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.Await;
import brimful.testing.TestBroker;
import brimful.testing.TestBucket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Command lines whose documents are objects of a store.
final class BucketCommandsTest {
  private static final Duration PATIENCE = Await.PATIENCE;

  @TempDir Path folder;

  private final String topics = "bucket-" + UUID.randomUUID();
  private TestBucket bucket;

  @BeforeEach
  void start() throws Exception {
    bucket = new TestBucket();
  }

  @AfterEach
  void stop() throws Exception {
    bucket.close();
  }

  private Shell connected(String home) {
    return shell(home).with("BRIMFUL_KAFKA", TestBroker.address());
  }

  private Shell shell(String home) {
    var shell = new Shell(folder.resolve(home));
    bucket.environment().forEach(shell::with);
    return shell;
  }

  private static String succeeded(Shell.Result result) {
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return result.out();
  }

  /// Returns the documents of the lines that `brimful chunks` prints.
  private static List<String> documents(String chunks) {
    return chunks.lines().map(line -> line.substring(0, line.indexOf('\t'))).distinct().toList();
  }

  @Test
  void aPrefixIsReadOnceAndThenWhatHasChanged() throws Exception {
    bucket.put("team/a.md", "The broker rebalances at noon.\n");
    bucket.put("team/sub/grüße 100%+1.md", "The index commits at dusk.\n");
    bucket.put("team/sub/c.md", "The worker rests at night.\n");
    bucket.put("teams/other.md", "Not ours.\n");
    String[] chunks = {"chunks", "s3://docs/team/"};

    assertThat(documents(succeeded(shell("home").run(chunks))))
        .containsExactly("a.md", "sub/c.md", "sub/grüße 100%+1.md");
    assertThat(bucket.reads()).isPositive();

    assertThat(documents(succeeded(shell("home").run(chunks)))).hasSize(3);
    assertThat(bucket.reads()).isZero();

    bucket.put("team/a.md", "The broker rebalances at one.\n");
    bucket.remove("team/sub/c.md");
    assertThat(documents(succeeded(shell("home").run(chunks))))
        .containsExactly("a.md", "sub/grüße 100%+1.md");
    assertThat(
            succeeded(
                shell("home").run("pack", "s3://docs/team/", "-q", "When does it rebalance?")))
        .contains("rebalances at one")
        .doesNotContain("rebalances at noon");
    assertThat(bucket.reads()).isOne();
  }

  @Test
  void aListingOfSeveralPagesIsComplete() throws Exception {
    for (int i = 0; i < 1_500; i++) {
      bucket.put("many/%s/%s.md".formatted(i % 7, i), "Note number %s.\n".formatted(i));
    }

    assertThat(documents(succeeded(shell("home").run("chunks", "s3://docs/many")))).hasSize(1_500);
  }

  @Test
  void refusalsNameBucketStatusAndRemedyAndNoKey() throws Exception {
    bucket.put("a.md", "Text.\n");

    Shell.Result noBucket = shell("home").run("chunks", "s3://nothing/x");
    assertThat(noBucket.code()).isEqualTo(ExitCode.NO_INPUT);
    assertThat(noBucket.err()).contains("has no bucket nothing (404 NoSuchBucket): check its name");

    Shell.Result noPrefix = shell("home").run("chunks", "s3://docs/x");
    assertThat(noPrefix.err()).contains("no object below s3://docs/x: check bucket and prefix");

    Shell.Result wrongKey =
        shell("home").with("AWS_SECRET_ACCESS_KEY", "hunter2").run("chunks", "s3://docs");
    assertThat(wrongKey.err())
        .contains("does not accept the access key for s3://docs (403 SignatureDoesNotMatch)")
        .doesNotContain("hunter2");

    Shell.Result noKey = shell("home").with("AWS_ACCESS_KEY_ID", "").run("chunks", "s3://docs");
    assertThat(noKey.code()).isEqualTo(ExitCode.CONFIG);
    assertThat(noKey.err()).contains("no credentials for s3://docs: set AWS_ACCESS_KEY_ID");
  }

  @Test
  void workersReadObjectsAndWaitWhileTheStoreIsAway() throws Exception {
    bucket.put("team/a.md", "The broker rebalances at noon.\n");
    bucket.put("team/b.md", "The index commits at dusk.\n");
    String[] ingest = {"ingest", "s3://docs/team", "--collection", "docs", "--topics", topics};
    String[] worker = {
      "worker", "--topics", topics, "--slots", "1", "--roots", "s3://docs/team," + folder
    };

    try (var _ = new BackgroundCommand(connected("index"), "index-worker", "--topics", topics)) {
      succeeded(connected("home").run(ingest));
      bucket.goAway();
      try (var _ = new BackgroundCommand(connected("worker"), worker)) {
        Await.until(PATIENCE, () -> status().contains("does not answer for s3://docs/team"));
        bucket.comeBack();
        Await.until(PATIENCE, () -> documents(chunks()).equals(List.of("a.md", "b.md")));
        assertThat(succeeded(connected("home").run("dead-letters", "list", "--topics", topics)))
            .doesNotContain("a.md");

        assertThat(connected("home").run(ingest).err()).contains("nothing has changed in 2 files");
        bucket.put("team/a.md", "The broker rebalances at one.\n");
        bucket.remove("team/b.md");
        assertThat(connected("home").run(ingest).err()).contains("1 submitted", "1 deleted");
        Await.until(PATIENCE, () -> documents(chunks()).equals(List.of("a.md")));
      }
    }
  }

  @Test
  void aWorkerLeavesBucketsOutsideItsRootsToOthers() throws Exception {
    bucket.put("team/a.md", "The broker rebalances at noon.\n");
    succeeded(
        connected("home")
            .run("ingest", "s3://docs/team", "--collection", "docs", "--topics", topics));

    try (var _ =
        new BackgroundCommand(
            connected("worker"), "worker", "--topics", topics, "--roots", "s3://docs/other")) {
      Await.until(PATIENCE, () -> status().contains("s3://docs/team is not below --roots"));
    }
    assertThat(bucket.reads()).isZero();
  }

  private String status() {
    return connected("home").run("status", "--topics", topics).out();
  }

  private String chunks() {
    return connected("index").run("chunks", "--collection", "docs").out();
  }
}
