package brimful.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.extract.ParseProgress;
import brimful.index.LuceneIndex;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.source.Listed;
import brimful.source.Rules;
import brimful.testing.Drawn;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are read and indexed in parts.
final class LargeFilesTest {
  private static final TokenCounter COUNTER = Tokenizers.named("estimate");
  private static final Extractor EXTRACTOR =
      new Extractor(ExtractLimits.standard(), Rules.standard());
  private static final Stages STAGES =
      new Stages(EXTRACTOR, new Chunker(COUNTER, ChunkLimits.DEFAULT));
  private static final DocumentId BIG = new DocumentId("big.txt");

  /// A line of 100 bytes, without its number.
  private static final String LINE =
      " a line of a log that says little, but says it often".repeat(2).substring(0, 91);

  @TempDir private Path folder;

  @AfterAll
  static void endTheParsers() {
    EXTRACTOR.close();
  }

  /// Numbered lines of 100 bytes, which are made as they are read.
  private static final class Lines extends InputStream {
    private final int lines;
    private byte[] line = {};
    private int made;
    private int at;

    Lines(int lines) {
      this.lines = lines;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int start, int length) {
      if (at == line.length) {
        if (made == lines) {
          return -1;
        }
        made++;
        line = String.format(java.util.Locale.ROOT, "%08d%s\n", made, LINE).getBytes(UTF_8);
        at = 0;
      }
      int given = Math.min(length, line.length - at);
      System.arraycopy(line, at, bytes, start, given);
      at += given;
      return given;
    }
  }

  private static Listed.File lines(int lines) {
    return new Listed.File(BIG, "stamp", 100L * lines, () -> new Lines(lines));
  }

  private static Listed.File small(String name) {
    byte[] bytes = ("text of " + name).getBytes(UTF_8);
    return new Listed.File(
        new DocumentId(name), "s", bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  private LuceneIndex index() {
    return LuceneIndex.open(folder, COUNTER.name());
  }

  private static void assertLines(Snapshot snapshot, int lines) {
    Outline outline =
        snapshot.outlines().stream()
            .filter(one -> one.document().equals(BIG))
            .findFirst()
            .orElseThrow();
    int next = 1;
    for (Chunk chunk : snapshot.read(outline.chunks())) {
      var span = (Locator.Lines) chunk.locator();
      assertThat(span.first()).isEqualTo(next);
      assertThat(chunk.text()).startsWith(String.format(java.util.Locale.ROOT, "%08d", next));
      next = span.last() + 1;
    }
    assertThat(next).isEqualTo(lines + 1);
  }

  @Test
  void isOneDocumentWithAllItsLines() {
    int lines = 200_000;
    var tokens = new AtomicLong();
    var progress = new Counting(tokens);
    try (LuceneIndex index = index()) {
      Ingested ingested =
          new Ingester(STAGES, index, 2).ingest(List.of(small("a"), lines(lines)), progress);

      assertThat(ingested.outcomes()).containsEntry(BIG, new Outcome.Indexed()).hasSize(2);
      try (Snapshot snapshot = index.snapshot()) {
        assertThat(snapshot.outlines()).hasSize(2);
        assertLines(snapshot, lines);
        assertThat(tokens).hasValue(snapshot.outlines().stream().mapToLong(Outline::tokens).sum());
      }
    }
  }

  private record Counting(AtomicLong all) implements Progress {
    @Override
    public void starts(int files, long bytes) {}

    @Override
    public void read(Outcome outcome, long tokens, long bytes) {
      all.addAndGet(tokens);
    }

    @Override
    public void ends() {}
  }

  @Test
  void leavesNothingOfAFileThatCannotBeReadToItsEnd() {
    InputStream torn =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("bad sector");
          }
        };
    var file =
        new Listed.File(
            BIG, "s", 20_000_000, () -> new SequenceInputStream(new Lines(200_000), torn));
    try (LuceneIndex index = index()) {
      Ingested ingested =
          new Ingester(STAGES, index, 2).ingest(List.of(small("a"), file), Progress.silent());

      assertThat(ingested.outcomes()).containsEntry(BIG, new Outcome.Failed("bad sector"));
      try (Snapshot snapshot = index.snapshot()) {
        assertThat(snapshot.outlines())
            .extracting(outline -> outline.document().value())
            .containsExactly("a");
      }
    }
  }

  @Test
  void canBeStoppedInTheMiddleAndIsReadAgain() {
    var asked = new AtomicInteger();
    var impatient =
        new Progress() {
          @Override
          public void starts(int files, long bytes) {}

          @Override
          public void read(Outcome outcome, long tokens, long bytes) {}

          @Override
          public void ends() {}

          @Override
          public boolean isCancelled() {
            return asked.incrementAndGet() > 2;
          }
        };
    try (LuceneIndex index = index()) {
      assertThatThrownBy(
              () -> new Ingester(STAGES, index, 1).ingest(List.of(lines(300_000)), impatient))
          .isInstanceOf(CancellationException.class);
      try (Snapshot snapshot = index.snapshot()) {
        assertThat(snapshot.items()).isEmpty();
      }

      new Ingester(STAGES, index, 1).ingest(List.of(lines(100_000)), Progress.silent());

      try (Snapshot snapshot = index.snapshot()) {
        assertLines(snapshot, 100_000);
      }
    }
  }

  @Test
  void saysThatTheHeapIsTooSmallAndBlamesNoFile() {
    var hungry =
        new Listed.File(
            BIG,
            "s",
            1,
            () -> {
              throw new OutOfMemoryError("no room");
            });
    try (LuceneIndex index = index()) {
      assertThatThrownBy(
              () -> new Ingester(STAGES, index, 2).ingest(List.of(hungry), Progress.silent()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("is too small here: raise -Xmx, for example BRIMFUL_JAVA_OPTS=");
    }
  }

  @Test
  void joinsThePartsWhereAnItemIsNeededAsAWhole() {
    var whole = new WholeItem(1L << 30);
    var parts = new AtomicInteger();
    Consumer<List<Document>> early =
        part -> {
          parts.incrementAndGet();
          whole.accept(part);
        };

    Item last = STAGES.process(lines(200_000), ParseProgress.silent(), early).item();

    List<Document> documents = whole.with(last).documents();
    assertThat(parts).hasValueGreaterThan(1);
    assertThat(documents).hasSize(1);
    String text =
        documents.getFirst().chunks().stream().map(Chunk::text).collect(Collectors.joining("\n"));
    assertThat(text.lines().count()).isEqualTo(200_000);
  }

  @Test
  void isCutWhereAnItemIsNeededAsAWholeAndTooLarge() {
    var whole = new WholeItem(9_000_000);

    String secret = Drawn.text("ghp_[A-Za-z0-9]{36}\n", new Random(1));
    Listed.File file = starting(secret, lines(200_000));

    Item cut = whole.with(STAGES.process(file, ParseProgress.silent(), whole).item());

    assertThat(cut.documents()).hasSize(1);
    assertThat(cut.secrets().count()).isEqualTo(1);
    assertThat(cut.outcome().display())
        .startsWith("truncated: 16,")
        .endsWith(" of 20,000,041 characters (the most a worker takes)");
  }

  private static Listed.File starting(String text, Listed.File file) {
    return new Listed.File(
        file.id(),
        file.stamp(),
        text.length() + file.bytes(),
        () ->
            new SequenceInputStream(
                new ByteArrayInputStream(text.getBytes(UTF_8)), file.content().open()));
  }

  /// 600 MB of text in a heap of 128 MB.
  @Test
  @Tag("slow")
  void takesTheMemoryOfItsParts() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(SmallHeap.class.getName(), folder.toString()));
    Process process = new ProcessBuilder(command).inheritIO().start();

    assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();

    assertThat(process.exitValue()).isZero();
    try (LuceneIndex index = index();
        Snapshot snapshot = index.snapshot()) {
      assertThat(snapshot.items())
          .hasEntrySatisfying(
              BIG, state -> assertThat(state.outcome()).isEqualTo(new Outcome.Indexed()));
      assertThat(((Locator.Lines) lastChunk(snapshot).locator()).last()).isEqualTo(6_000_000);
    }
  }

  private static Chunk lastChunk(Snapshot snapshot) {
    Outline outline = snapshot.outlines().getFirst();
    return snapshot.read(List.of(outline.chunks().getLast())).getFirst();
  }

  /// The process with the small heap.
  static final class SmallHeap {
    public static void main(String[] words) {
      try (LuceneIndex index = LuceneIndex.open(Path.of(words[0]), COUNTER.name())) {
        new Ingester(STAGES, index, 2).ingest(List.of(lines(6_000_000)), Progress.silent());
      }
    }
  }
}
