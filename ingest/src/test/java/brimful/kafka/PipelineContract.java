package brimful.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.kafka.record.Claim;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.Revision;
import brimful.kafka.record.Revisions;
import brimful.kafka.worker.Handler;
import brimful.kafka.worker.Worker;
import brimful.store.Folders;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the pipeline promises with Kafka in the middle, on any broker.
abstract class PipelineContract {
  /// Asked for once: a test's versions must not change their order while the clock goes on.
  private static final long NOW_MILLIS = Clock.systemUTC().millis();

  private static final int FILES = 120;

  @TempDir Path folder;

  /// Returns the address of the broker under test.
  abstract String broker();

  private Path corpus() throws IOException {
    Path corpus = folder.resolve("corpus");
    var random = new Random(7);
    for (int i = 0; i < FILES; i++) {
      int number = i;
      Path file = corpus.resolve(String.format(Locale.ROOT, "part%d/file%03d.md", i % 7, i));
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          IntStream.range(0, 1 + random.nextInt(60))
              .mapToObj(line ->
                  "# %s of %s\nword%s and more\n".formatted(line, random.nextInt(99), number))
              .collect(Collectors.joining()));
    }
    // Larger than a record may be: it travels in slices.
    Files.writeString(
        corpus.resolve("large.txt"),
        IntStream.range(0, 60_000)
            .mapToObj(line -> "line %s of a long text\n".formatted(line))
            .collect(Collectors.joining()));
    Files.write(corpus.resolve("image.bin"), new byte[] {0, 1, 2, 3, 0, 0, 7});
    // Files that have just been written count as changed until their time has settled.
    try (Stream<Path> files = Files.walk(corpus)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
      }
    }
    return corpus;
  }

  @Test
  void givesTheSameIndexAsOneMachine() throws Exception {
    Path corpus = corpus();
    try (var pipeline = new Pipelines(broker(), folder)) {
      Submitter.Submitted submitted = pipeline.submit(corpus);
      pipeline.work(submitted.submitted());
      pipeline.index();

      assertThat(submitted.submitted()).isEqualTo(FILES + 2);
      assertThat(pipeline.indexed()).isEqualTo(pipeline.local(corpus)).hasSizeGreaterThan(FILES);
      assertThat(JobProgress.read(pipeline.cluster()).getLast())
          .satisfies(job -> {
            assertThat(job.isDone()).isTrue();
            assertThat(job.farthest().indexed()).isEqualTo(FILES + 1);
            assertThat(job.farthest().skipped()).isEqualTo(1);
          });
    }
  }

  @Test
  void picturesTravelWithTheirChunks() throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("album"));
    var random = new Random(11);
    for (int i = 0; i < 4; i++) {
      var noise = new BufferedImage(700 + i, 500, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < noise.getHeight(); y++) {
        for (int x = 0; x < noise.getWidth(); x++) {
          noise.setRGB(x, y, random.nextInt());
        }
      }
      ImageIO.write(noise, "png", corpus.resolve("photo%s.png".formatted(i)).toFile());
    }
    try (var pipeline = new Pipelines(broker(), folder)) {
      pipeline.work(pipeline.submit(corpus).submitted());
      pipeline.index();

      assertThat(pipeline.indexed())
          .isEqualTo(pipeline.local(corpus))
          .hasSize(4)
          .allMatch(chunk -> chunk.contains(" shows PictureSize[width=70"));
    }
  }

  /// Names are bytes: this one is Latin-1.
  @Test
  void namesThatAreNotUtf8ArriveAndGoAgain() throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("latin"));
    shell(corpus, "printf 'a cup of coffee' > \"$(printf 'caf\\351.txt')\"");
    Files.writeString(corpus.resolve("plain.txt"), "plain");
    try (var pipeline = new Pipelines(broker(), folder)) {
      pipeline.work(pipeline.submit(corpus).submitted());
      pipeline.index();

      assertThat(pipeline.indexed())
          .isEqualTo(pipeline.local(corpus))
          .anyMatch(chunk -> chunk.startsWith("caf\\xE9.txt") && chunk.contains("a cup of coffee"));

      shell(corpus, "rm caf*");
      Submitter.Submitted second = pipeline.submit(corpus);
      pipeline.work(second.submitted() + second.deleted());
      pipeline.index();

      assertThat(second.deleted()).isEqualTo(1);
      assertThat(pipeline.indexed()).hasSize(1);
    }
  }

  private static void shell(Path folder, String line) throws Exception {
    int code = new ProcessBuilder("sh", "-c", line).directory(folder.toFile()).start().waitFor();
    assertThat(code).isZero();
  }

  @Test
  void followsChangesAndDeletesAndSubmitsNothingTwice() throws Exception {
    Path corpus = corpus();
    try (var pipeline = new Pipelines(broker(), folder)) {
      pipeline.work(pipeline.submit(corpus).submitted());
      pipeline.index();
      Files.writeString(corpus.resolve("part1/file001.md"), "# something else entirely\n");
      Files.delete(corpus.resolve("large.txt"));
      Files.writeString(corpus.resolve("part2/new.md"), "# new\n");

      Submitter.Submitted second = pipeline.submit(corpus);
      pipeline.work(second.submitted() + second.deleted());
      pipeline.index();

      assertThat(second.deleted()).isEqualTo(1);
      assertThat(second.unchanged()).isPositive();
      assertThat(pipeline.indexed()).isEqualTo(pipeline.local(corpus));
      assertThat(pipeline.indexed()).noneMatch(chunk -> chunk.startsWith("large.txt"));
    }
  }

  @Test
  void isMadeAgainFromTheTopicAlone() throws Exception {
    Path corpus = corpus();
    try (var pipeline = new Pipelines(broker(), folder)) {
      pipeline.work(pipeline.submit(corpus).submitted());
      pipeline.index();
      var before = pipeline.indexed();
      Folders.delete(pipeline.indexes());

      pipeline.index();

      assertThat(pipeline.indexed()).isEqualTo(before);
    }
  }

  @Test
  void anOlderVersionNeverReplacesANewerOne() {
    try (var pipeline = new Pipelines(broker(), folder)) {
      pipeline.publisher().publish(revision("a.txt", 7, "seven")).join();
      pipeline.publisher().publish(revision("a.txt", 5, "five")).join();
      pipeline.publisher().publish(deleted("b.txt", 9)).join();
      pipeline.index();
      pipeline.publisher().publish(revision("b.txt", 8, "eight")).join();
      pipeline.publisher().publish(revision("c.txt", 1, "one")).join();

      pipeline.index();

      assertThat(pipeline.indexed())
          .hasSize(2)
          .anyMatch(chunk -> chunk.contains("seven"))
          .anyMatch(chunk -> chunk.contains("one"));
    }
  }

  @Test
  void deliversAgainWhatIsReleasedAndPutsItBackBeforeTheBrokerDropsIt() throws Exception {
    try (var pipeline = new Pipelines(broker(), folder)) {
      var attempts = new AtomicInteger();
      Handler stubborn =
          (claim, _) ->
              attempts.incrementAndGet() < 9
                  ? new Handler.Handled.Stopped()
                  : new Handler.Handled.Done(note(claim), Optional.empty());
      submit(pipeline, "a.txt");

      try (Worker worker = pipeline.worker(stubborn)) {
        Pipelines.await(worker, 1);

        assertThat(worker.counters().lostMost()).isBetween(3L, 9L);
      }
      assertThat(DeadLetters.list(pipeline.cluster())).isEmpty();
    }
  }

  @Test
  void aFailureEndsAsADeadLetterAndCanBeRedriven() throws Exception {
    try (var pipeline = new Pipelines(broker(), folder)) {
      submit(pipeline, "a.txt");
      submit(pipeline, "b.txt");
      Handler breaking = (claim, _) -> broken(claim);
      try (Worker worker = pipeline.worker(breaking)) {
        Pipelines.await(worker, 2);
      }
      List<DeadLetter> letters = DeadLetters.list(pipeline.cluster());

      DeadLetters.redrive(letters.subList(0, 1), pipeline.publisher(), "again", Clock.systemUTC());
      try (Worker worker =
          pipeline.worker((claim, _) -> new Handler.Handled.Done(note(claim), Optional.empty()))) {
        Pipelines.await(worker, 1);
      }
      pipeline.index();

      assertThat(letters).extracting(DeadLetter::cause).containsOnly(DeadLetter.Cause.TIMEOUT);
      assertThat(letters).extracting(DeadLetter::detail).containsOnly("took too long");
      assertThat(DeadLetters.list(pipeline.cluster())).hasSize(1);
      assertThat(JobProgress.read(pipeline.cluster()).getLast())
          .satisfies(job -> assertThat(job.isDone()).isTrue());
    }
  }

  private static void submit(Pipelines pipeline, String item) {
    SequencedMap<DocumentId, Claim.Work> wanted = new LinkedHashMap<>();
    var read = new Claim.Work.Read("/nowhere", new DocumentId(item), "stamp", 1);
    wanted.put(new DocumentId(item), read);
    new Submitter(
            pipeline.publisher(),
            Pipelines.COLLECTION,
            SubmittedItems.of(List.of(), Set.of()),
            Clock.systemUTC())
        .submit(wanted, _ -> false);
  }

  private static Revision note(Claim claim) {
    var item = Item.without(claim.item(), "stamp", new Outcome.Skipped("empty"));
    return new Revision(
        claim.collection(), claim.job(), claim.version(), 1, new Revision.Change.Put(item));
  }

  private static Handler.Handled broken(Claim claim) {
    var item = Item.without(claim.item(), "stamp", new Outcome.Failed("took too long"));
    var letter =
        new DeadLetter(
            claim,
            DeadLetter.Cause.TIMEOUT,
            "took too long",
            "extract",
            "parser 1",
            "abc",
            "tester",
            Clock.systemUTC().instant());
    var revision =
        new Revision(
            claim.collection(), claim.job(), claim.version(), 1, new Revision.Change.Put(item));
    return new Handler.Handled.Done(revision, Optional.of(letter));
  }

  /// Versions are times: one of long ago would not be remembered once its item is deleted.
  private static long version(int number) {
    return NOW_MILLIS + number;
  }

  private static Revision revision(String item, int number, String text) {
    return Revisions.of(Pipelines.COLLECTION, item, version(number), text);
  }

  private static Revision deleted(String item, int number) {
    return new Revision(
        Pipelines.COLLECTION,
        "job",
        version(number),
        0,
        new Revision.Change.Delete(new DocumentId(item)));
  }
}
