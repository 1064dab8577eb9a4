package brimful.collection.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.collection.CorpusListener;
import brimful.collection.Locations;
import brimful.collection.PathCorpus;
import brimful.collection.SourceReader;
import brimful.corpus.UserError;
import brimful.source.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Collections that are paths of this machine.
final class PathCollectionsTest {
  private static final String TOKENIZER = "deepseek-v3";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Path notes;
  private final Hand clock = new Hand();

  /// A clock that is set by hand.
  private static final class Hand extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeEach
  void write() throws IOException {
    notes = Files.createDirectories(folder.resolve("notes"));
    Files.writeString(notes.resolve("a.md"), "# One\n");
    // A file that was changed just now is read again the next time.
    Files.setLastModifiedTime(
        notes.resolve("a.md"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private CollectionService open() {
    var environment = Map.of("BRIMFUL_HOME", folder.resolve("home").toString());
    var corpus =
        new PathCorpus(
            new Locations(List.of(notes.toString())),
            SourceReader.of(environment, Rules.standard(), Set.of()),
            InputStream.nullInputStream(),
            CorpusListener.SILENT);
    return CollectionService.paths(Map.of("notes", corpus), TOKENIZER, clock);
  }

  private static int documents(CollectionService collections, String tokenizer) {
    try (OpenCollection open = collections.open("notes", tokenizer)) {
      return open.snapshot().outlines().size();
    }
  }

  @Test
  void looksForChangesAgainWhenAskedLater() throws IOException {
    try (CollectionService collections = open()) {
      assertThat(collections.refresh("notes", PATIENCE).state()).isEqualTo(Job.State.DONE);
      Files.writeString(notes.resolve("b.md"), "# Two\n");

      assertThat(documents(collections, TOKENIZER)).isEqualTo(1);
      clock.now = clock.now.plusSeconds(10);
      assertThat(documents(collections, TOKENIZER)).isEqualTo(2);
      assertThat(collections.jobs()).hasSize(2);
    }
  }

  @Test
  void answersByOtherTokenizersToo() {
    try (CollectionService collections = open()) {
      assertThat(documents(collections, TOKENIZER)).isEqualTo(1);
      assertThat(documents(collections, "o200k_base")).isEqualTo(1);
    }
  }

  @Test
  void keepsTheCollectionsOfTheStart() {
    try (CollectionService collections = open()) {
      assertThat(collections.collections()).extracting(Collection::name).containsExactly("notes");
      assertThatThrownBy(() -> collections.create("more")).isInstanceOf(UserError.class);
      assertThatThrownBy(() -> collections.delete("notes")).isInstanceOf(UserError.class);
      assertThatThrownBy(() -> collections.add("notes", folder.toString()))
          .isInstanceOf(UserError.class);
      assertThatThrownBy(() -> collections.remove("notes", "notes")).isInstanceOf(UserError.class);
    }
  }

  @Test
  void readsNothingThatAnotherProcessHasRead() {
    try (CollectionService first = open()) {
      assertThat(first.refresh("notes", PATIENCE).counts().read()).isEqualTo(1);
    }
    clock.now = clock.now.plusSeconds(10);
    try (CollectionService second = open()) {
      Job job = second.refresh("notes", PATIENCE);

      assertThat(job.state()).isEqualTo(Job.State.DONE);
      assertThat(job.counts().files()).isZero();
    }
  }
}
