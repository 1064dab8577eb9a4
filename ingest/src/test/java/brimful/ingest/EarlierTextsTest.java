package brimful.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.bucket.FakeStore;
import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.Chunk;
import brimful.corpus.Coverage;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.index.ChunkIndex;
import brimful.index.LuceneIndex;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.source.Listed;
import brimful.source.Rules;
import brimful.source.Source;
import brimful.source.Sources;
import brimful.source.own.OwnFiles;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is out of reach when it is to be read keeps the text that the index has.
final class EarlierTextsTest {
  private static final TokenCounter COUNTER = Tokenizers.named("estimate");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-28T10:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private static Ingested ingested(ChunkIndex index, List<Listed> listed) {
    try (var extractor = new Extractor(ExtractLimits.standard(), Rules.standard())) {
      var stages = new Stages(extractor, new Chunker(COUNTER, ChunkLimits.DEFAULT));
      return new Ingester(stages, index, 2, CLOCK).ingest(listed, Progress.silent());
    }
  }

  private static String text(ChunkIndex index) {
    try (Snapshot snapshot = index.snapshot()) {
      return snapshot.outlines().stream()
          .map(Outline::chunks)
          .flatMap(chunks -> snapshot.read(chunks).stream())
          .map(Chunk::text)
          .collect(Collectors.joining());
    }
  }

  private static String said(Ingested ingested) {
    return ingested.outcomes().firstEntry().getValue().display();
  }

  @Test
  void anObjectThatItsStoreCannotServeNow() {
    try (var fake = new FakeStore();
        ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      fake.put("team/a.txt", "The harbour opens at dawn.");
      var sources =
          new Sources(
              Rules.standard(), folder.resolve("git"), CLOCK, fake.environment(), OwnFiles.NONE);
      try (Source source = sources.open("s3://docs/team")) {
        ingested(index, source.list());
        fake.put("team/a.txt", "The harbour opens at noon.");
        fake.afterNext("GET ?", () -> fake.fail(99, 503, "SlowDown", Map.of()));

        Ingested away = ingested(index, source.list());

        assertThat(away.coverage()).isEqualTo(new Coverage(1, 1, 0, 0, 0, 0));
        assertThat(said(away))
            .startsWith("indexed: failed for now (")
            .endsWith("try again later), text of 2026-11-28 kept");
        assertThat(text(index)).isEqualTo("The harbour opens at dawn.");
      }
    }
  }

  @Test
  void aLargePageThatBreaksOffAfterSomeOfItsParts() {
    String line = "The harbour opens at dawn, and closes when the last ship is in.\n";
    String old = line.repeat(80_000);
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      ingested(index, List.of(page("1", old, Long.MAX_VALUE)));
      String before = text(index);

      Ingested away =
          ingested(index, List.of(page("2", old.replace("dawn", "noon"), old.length() * 7L / 8)));
      String kept = text(index);
      Ingested again = ingested(index, List.of(page("3", "It opens at one.", Long.MAX_VALUE)));

      assertThat(away.coverage()).isEqualTo(new Coverage(1, 1, 0, 0, 0, 0));
      assertThat(said(away)).contains("text of 2026-11-28 kept");
      assertThat(again.outcomes().firstEntry().getValue()).isEqualTo(new Outcome.Indexed());
      assertThat(kept).isEqualTo(before).contains("dawn");
      assertThat(text(index)).isEqualTo("It opens at one.");
    }
  }

  @Test
  void aPageThatIsAwayWhenItIsListedAndIsBackUnchanged() {
    var busy = new Outcome.Failed("the site answers with status 503, try again later");
    Listed away = new Listed.Left(new DocumentId("a.txt"), busy);
    Listed page = page("1", "It opens at one.", Long.MAX_VALUE);
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      ingested(index, List.of(page));

      Ingested first = ingested(index, List.of(away));
      Ingested second = ingested(index, List.of(away));
      Ingested back = ingested(index, List.of(page));

      assertThat(said(first))
          .isEqualTo(
              "indexed: failed for now (the site answers with status 503, try again later), text of 2026-11-28 kept");
      assertThat(second.outcomes()).isEqualTo(first.outcomes());
      assertThat(said(back)).isEqualTo("indexed");
      assertThat(back.read()).as("its stamp is still known").isZero();
      assertThat(text(index)).isEqualTo("It opens at one.");
    }
  }

  /// A page whose connection breaks after some bytes.
  private static Listed.File page(String stamp, String text, long bytes) {
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    return new Listed.File(
        new DocumentId("a.txt"),
        stamp,
        all.length,
        new Listed.Content() {
          @Override
          public InputStream open() {
            return new Breaking(new ByteArrayInputStream(all), bytes);
          }

          @Override
          public boolean mayBeAway() {
            return true;
          }
        });
  }

  private static final class Breaking extends FilterInputStream {
    private long left;

    Breaking(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0) {
        throw new IOException("the connection broke after some bytes (reset), try again later");
      }
      int read = super.read(bytes, offset, (int) Math.min(length, left));
      left -= read;
      return read;
    }
  }
}
