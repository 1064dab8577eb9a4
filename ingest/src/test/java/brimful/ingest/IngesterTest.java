package brimful.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.Chunk;
import brimful.corpus.Coverage;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.index.ChunkIndex;
import brimful.index.ItemParts;
import brimful.index.LuceneIndex;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.source.Listed;
import brimful.source.Rules;
import brimful.source.Source;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import brimful.web.WebSite;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngesterTest {
  private static final TokenCounter COUNTER = Tokenizers.named("deepseek-v3");

  @TempDir Path folder;

  /// Files in memory, which count how often they are opened.
  private static final class Files implements Source {
    private final SequencedMap<String, String> texts = new TreeMap<>();
    private final List<Listed.Left> left = new ArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();

    Files with(String path, String text) {
      texts.put(path, text);
      return this;
    }

    @Override
    public String location() {
      return "memory";
    }

    @Override
    public List<Listed> list() {
      List<Listed> all = new ArrayList<>(left);
      texts.forEach((path, text) -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        all.add(
            new Listed.File(
                new DocumentId(path),
                Integer.toHexString(text.hashCode()),
                bytes.length,
                () -> {
                  opened.incrementAndGet();
                  return new ByteArrayInputStream(bytes);
                }));
      });
      all.sort(Comparator.comparing(Listed::id));
      return all;
    }

    @Override
    public void close() {}
  }

  private static Ingester into(ChunkIndex index) {
    var stages =
        new Stages(
            new Extractor(ExtractLimits.standard(), Rules.standard()),
            new Chunker(COUNTER, ChunkLimits.DEFAULT));
    return new Ingester(stages, index, 2);
  }

  private static List<String> texts(ChunkIndex index) {
    try (Snapshot snapshot = index.snapshot()) {
      return snapshot.outlines().stream()
          .map(Outline::chunks)
          .flatMap(chunks -> snapshot.read(chunks).stream())
          .map(Chunk::text)
          .toList();
    }
  }

  @Test
  void readsOnlyWhatChangedAndForgetsWhatVanished() {
    var files = new Files().with("a.txt", "one").with("b.txt", "two").with("c.txt", "three");
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      into(index).ingest(files.list(), Progress.silent());
      files.opened.set(0);
      files.with("b.txt", "zwei").texts.remove("c.txt");

      Ingested second = into(index).ingest(files.list(), Progress.silent());

      assertThat(second.read()).isEqualTo(1);
      assertThat(second.removed()).isEqualTo(1);
      assertThat(files.opened).hasPositiveValue();
      assertThat(texts(index)).containsExactly("one", "zwei");
    }
  }

  @Test
  void whatCannotBeHadForNowKeepsItsText() {
    var files = new Files().with("a.txt", "one").with("b.txt", "two").with("c.txt", "three");
    var busy = new Outcome.Failed("the site answers with status 503, try again later");
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      into(index).ingest(files.list(), Progress.silent());
      files.texts.keySet().removeAll(List.of("b.txt", "c.txt"));
      files.left.add(new Listed.Left(new DocumentId("b.txt"), busy));
      files.left.add(new Listed.Left(new DocumentId("c.txt"), new Outcome.Failed("gone")));
      files.left.add(new Listed.Left(new DocumentId("new.txt"), busy));

      Ingested second = into(index).ingest(files.list(), Progress.silent());

      assertThat(texts(index)).containsExactly("one", "two");
      assertThat(second.coverage()).isEqualTo(new Coverage(4, 2, 0, 0, 0, 2));
      files.left.clear();
      files.with("b.txt", "two").opened.set(0);
      into(index).ingest(files.list(), Progress.silent());
      assertThat(files.opened).as("its stamp is still known").hasValue(0);
    }
  }

  @Test
  void nothingVanishesWhereNobodyListsWhatThereIs() {
    var files = new Files().with("a.txt", "one").with("b.txt", "two");
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      into(index).ingest(files.list(), Progress.silent());
      files.texts.remove("b.txt");
      files.left.add(new Listed.Left(new DocumentId("sitemap.xml"), WebSite.NO_SITEMAP));

      Ingested second = into(index).ingest(files.list(), Progress.silent());

      assertThat(second.removed()).isZero();
      assertThat(texts(index)).containsExactly("one", "two");
    }
  }

  @Test
  void anUnchangedSourceOpensNoFile() {
    var files = new Files().with("a.txt", "one").with("empty.txt", "");
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      into(index).ingest(files.list(), Progress.silent());
    }
    files.opened.set(0);

    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      Ingested again = into(index).ingest(files.list(), Progress.silent());

      assertThat(files.opened).hasValue(0);
      assertThat(again.coverage()).isEqualTo(new Coverage(2, 1, 0, 1, 0, 0));
    }
  }

  @Test
  void everyFileEndsAsExactlyOneOutcome() {
    var files = new Files().with("a.txt", "one").with("junk.bin", "\0\1\2\3\0\0");
    files.left.add(new Listed.Left(new DocumentId("lock"), new Outcome.Skipped("lock")));
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      Ingested ingested = into(index).ingest(files.list(), Progress.silent());

      assertThat(ingested.coverage()).isEqualTo(new Coverage(3, 1, 0, 2, 0, 0));
      assertThat(ingested.outcomes().sequencedKeySet())
          .extracting(DocumentId::value)
          .containsExactly("a.txt", "junk.bin", "lock");
    }
  }

  @Test
  void anInterruptKeepsTheLastCommitAndTheNextRunCompletesIt() {
    var files = new Files().with("a.txt", "one");
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      into(index).ingest(files.list(), Progress.silent());
    }
    files.with("b.txt", "two");
    var ends = new AtomicInteger();
    Progress progress =
        new Progress() {
          @Override
          public void starts(int count, long bytes) {
            Thread.currentThread().interrupt();
          }

          @Override
          public void read(Outcome outcome, long tokens, long bytes) {}

          @Override
          public void ends() {
            ends.incrementAndGet();
          }
        };
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      assertThatThrownBy(() -> into(index).ingest(files.list(), progress))
          .isInstanceOf(CancellationException.class);
      assertThat(ends).as("a bar that is drawn must go").hasValue(1);
      // Taken back here: closing waits for Lucene's threads, which an interrupt forbids.
      assertThat(Thread.interrupted()).isTrue();
    }

    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      into(index).ingest(files.list(), Progress.silent());

      assertThat(texts(index)).containsExactly("one", "two");
    }
  }

  /// A file at whose reading something is thrown.
  private static Listed.File thrower(String path, Supplier<Throwable> thrown) {
    return new Listed.File(
        new DocumentId(path),
        "stamp",
        1,
        () -> {
          switch (thrown.get()) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IOException(other);
          }
        });
  }

  @Test
  void whateverAFileMakesAnyoneThrowIsItsOwnEnd() {
    List<Listed> files =
        new ArrayList<>(new Files().with("a.txt", "one").with("z.txt", "two").list());
    files.add(thrower("bug", () -> new UnsupportedOperationException("cannot encode")));
    files.add(thrower("deep", StackOverflowError::new));
    files.add(thrower("lost", () -> new NoClassDefFoundError("x/Y")));
    files.add(thrower("disk", () -> new UncheckedIOException(new IOException("bad sector"))));
    files.sort(Comparator.comparing(Listed::id));
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      Ingested ingested = into(index).ingest(files, Progress.silent());

      assertThat(ingested.outcomes())
          .hasSize(6)
          .containsEntry(
              new DocumentId("bug"), new Outcome.Failed("its parser failed: cannot encode"))
          .containsEntry(new DocumentId("deep"), new Outcome.Failed("is nested too deeply"))
          .containsEntry(new DocumentId("lost"), new Outcome.Failed("NoClassDefFoundError: x/Y"))
          .containsEntry(new DocumentId("disk"), new Outcome.Failed("bad sector"));
      assertThat(texts(index)).containsExactly("one", "two");
    }
  }

  @Test
  void bytesThatLookLikeAnEncodingNobodyCanWriteEndNothing() {
    byte[] bytes =
        "caf\u00e9 cr\u00e8me\nna\u00efve \u001b$)A d\u00e9j\u00e0 vu\n"
            .repeat(40)
            .getBytes(StandardCharsets.ISO_8859_1);
    List<Listed> files = new ArrayList<>(new Files().with("a.txt", "one").list());
    files.add(
        new Listed.File(
            new DocumentId("b.txt"), "s", bytes.length, () -> new ByteArrayInputStream(bytes)));
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      Ingested ingested = into(index).ingest(files, Progress.silent());

      assertThat(ingested.outcomes()).hasSize(2);
      assertThat(texts(index)).contains("one");
    }
  }

  /// An index that does not take one item with text.
  private record Refusing(ChunkIndex index, String refused, RuntimeException thrown)
      implements ChunkIndex {
    @Override
    public boolean claim() {
      return index.claim();
    }

    @Override
    public void release() {
      index.release();
    }

    @Override
    public void put(Item item) {
      if (item.id().value().equals(refused) && !item.documents().isEmpty()) {
        throw thrown;
      }
      index.put(item);
    }

    @Override
    public ItemParts begin(DocumentId item) {
      return new ItemParts() {
        @Override
        public void add(List<Document> documents) {
          throw new IllegalStateException("no file here is that large");
        }

        @Override
        public void end(Item last) {
          put(last);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public boolean tryCommit() {
      return index.tryCommit();
    }

    @Override
    public void remove(DocumentId item) {
      index.remove(item);
    }

    @Override
    public void commit(Map<String, String> notes) {
      index.commit(notes);
    }

    @Override
    public Map<String, String> notes() {
      return index.notes();
    }

    @Override
    public Snapshot snapshot() {
      return index.snapshot();
    }

    @Override
    public void close() {
      index.close();
    }
  }

  @Test
  void anItemThatTheIndexCannotHoldFailsAndABrokenDiskEndsTheRun() {
    var files = new Files().with("a.txt", "one").with("b.txt", "two");
    var tooLong = new IllegalArgumentException("a term is too long");
    var broken = new UncheckedIOException(new IOException("no space left on device"));
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {
      Ingested ingested =
          into(new Refusing(index, "a.txt", tooLong)).ingest(files.list(), Progress.silent());

      assertThat(ingested.coverage()).isEqualTo(new Coverage(2, 1, 0, 0, 0, 1));
      assertThat(texts(index)).containsExactly("two");
      files.with("a.txt", "three");
      assertThatThrownBy(() ->
              into(new Refusing(index, "a.txt", broken)).ingest(files.list(), Progress.silent()))
          .isSameAs(broken);
    }
  }

  @Test
  void tellsProgressOfEveryFileThatIsRead() {
    var seen = new AtomicInteger();
    var progress =
        new Progress() {
          @Override
          public void starts(int files, long bytes) {
            seen.addAndGet(files * 100);
          }

          @Override
          public void read(Outcome outcome, long tokens, long bytes) {
            seen.incrementAndGet();
          }

          @Override
          public void ends() {
            seen.addAndGet(10_000);
          }
        };
    var files = new Files().with("a.txt", "one").with("b.txt", "two");
    try (ChunkIndex index = LuceneIndex.open(folder, COUNTER.name())) {

      into(index).ingest(files.list(), progress);

      assertThat(seen).hasValue(10_202);
    }
  }
}
