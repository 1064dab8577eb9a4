package brimful.collection.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.collection.SourceReader;
import brimful.collection.library.AllowedLocations;
import brimful.collection.library.CollectionService;
import brimful.collection.library.Job;
import brimful.corpus.UserError;
import brimful.source.Rules;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncScheduleTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;

  private CollectionService open() throws IOException {
    Files.createDirectories(folder.resolve("notes"));
    return CollectionService.local(
        folder.resolve("library"),
        new AllowedLocations(
            SourceReader.of(
                Map.of("BRIMFUL_HOME", folder.resolve("home").toString()),
                Rules.standard(),
                Set.of()),
            List.of(folder)),
        Tokenizers.named("deepseek-v3"));
  }

  private static void await(CollectionService collections) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (collections.jobs().stream().anyMatch(job -> !job.state().isEnd())) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private void added(CollectionService collections, Optional<Duration> every) {
    collections.create("docs");
    Job _ = collections.add("docs", folder.resolve("notes").toString(), every);
    await(collections);
  }

  /// Looks as if this time had passed.
  private static void look(CollectionService collections, Duration otherwise, Duration later) {
    Clock then = Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
    try (var schedule = new SyncSchedule(collections, otherwise, then)) {
      schedule.look();
    }
    await(collections);
  }

  @Test
  void aSourceIsReadAgainWhenItsTimeHasPassed() throws IOException {
    try (CollectionService collections = open()) {
      added(collections, Optional.of(HOUR));

      look(collections, Duration.ZERO, Duration.ofMinutes(59));
      assertThat(collections.jobs()).hasSize(1);

      look(collections, Duration.ZERO, Duration.ofMinutes(61));
      assertThat(collections.jobs())
          .hasSize(2)
          .first()
          .extracting(Job::kind)
          .isEqualTo(Job.Kind.SYNC);
    }
  }

  @Test
  void whatARestartedServerHasMissedIsReadOnce() throws IOException {
    try (CollectionService collections = open()) {
      added(collections, Optional.of(HOUR));
    }

    try (CollectionService collections = open();
        var schedule =
            new SyncSchedule(
                collections,
                Duration.ZERO,
                Clock.fixed(Instant.now().plus(Duration.ofDays(9)), ZoneOffset.UTC))) {
      await(collections);
      schedule.look();
      await(collections);
      schedule.look();
      await(collections);

      assertThat(collections.collection("docs").sources().getFirst().every()).isEqualTo(HOUR);
      assertThat(collections.jobs()).hasSize(1);
    }
  }

  @Test
  void aSourceThatFailsIsTriedAfterItsTimeOnly() throws IOException {
    try (CollectionService collections = open()) {
      added(collections, Optional.of(HOUR));
      Files.delete(folder.resolve("notes"));
      Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(1)), ZoneOffset.UTC);
      try (var schedule = new SyncSchedule(collections, Duration.ZERO, later)) {
        schedule.look();
        await(collections);
        schedule.look();
        await(collections);
      }

      assertThat(collections.jobs()).hasSize(2);
      assertThat(collections.jobs().getFirst().state()).isEqualTo(Job.State.FAILED);
    }
  }

  @Test
  void theServersTimeIsForSourcesWithoutTheirOwn() throws IOException {
    try (CollectionService collections = open()) {
      added(collections, Optional.empty());

      look(collections, Duration.ZERO, Duration.ofDays(300));
      assertThat(collections.jobs()).hasSize(1);
      look(collections, HOUR, Duration.ofHours(2));
      assertThat(collections.jobs()).hasSize(2);
      Job _ =
          collections.add(
              "docs", folder.resolve("notes").toString(), Optional.of(Duration.ofDays(2)));
      await(collections);
      look(collections, HOUR, Duration.ofHours(2));
      assertThat(collections.jobs()).hasSize(3);
    }
  }

  @Test
  void timesHaveUnitsAndBounds() {
    assertThat(SyncSchedule.time("every", "90m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(SyncSchedule.time("every", "never")).isZero();
    for (String text : List.of("10s", "90m", "1h", "7d")) {
      assertThat(SyncSchedule.display(SyncSchedule.time("every", text))).isEqualTo(text);
    }
    for (String wrong : List.of("", "1", "9s", "367d", "1w", "-1h", "1.5h", "999999999d")) {
      assertThatThrownBy(() -> SyncSchedule.time("--every", wrong))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("--every " + wrong);
    }
  }
}
