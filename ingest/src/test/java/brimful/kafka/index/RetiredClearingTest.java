package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.kafka.record.CollectionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetiredClearingTest {
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

  @TempDir Path temp;

  /// A clock that the test sets.
  private static final class Hand extends Clock {
    private Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void clearsEveryHourWhatExpiresMeanwhile() throws IOException {
    Path folder = temp.resolve("collections");
    Path retired = CollectionIndexes.folder(RetiredIndexes.beside(folder), BOOKS);
    var clock = new Hand();
    try (var store = new FolderStore(folder)) {
      store.open(BOOKS).close();
      store.retire(BOOKS);
      Instant expired = NOW.minus(CollectionIndex.GRAVE_LIFE);
      Files.setLastModifiedTime(retired, FileTime.from(expired));
      var clearing = new RetiredClearing(store, clock);

      clock.now = NOW.plus(Duration.ofMinutes(59));
      clearing.look();
      assertThat(retired).exists();

      clock.now = NOW.plus(Duration.ofMinutes(61));
      clearing.look();
      assertThat(retired).doesNotExist();
    }
  }
}
