package brimful.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.index.LuceneIndex;
import brimful.index.RecountListener;
import brimful.ingest.Progress;
import brimful.kafka.index.IndexWorkerLock;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaCorpusTest {
  private static final TokenCounter COUNTER = Tokenizers.named("deepseek-v3");

  @TempDir private Path folder;

  /// Puts a document as the index worker does.
  private void put(String name, long version, String text) {
    var id = new DocumentId(name);
    var lines = new Locator.Lines(1, 1);
    int tokens = COUNTER.count(new Markup(COUNTER.specials()).segment(lines, "", text));
    var chunk = new Chunk(id, 0, lines, "", List.of(), text, tokens);
    Path index = folder.resolve("collections/docs/deepseek-v3");
    try (var open = LuceneIndex.open(index, COUNTER.name())) {
      open.put(
          new Item(
              id,
              String.format(Locale.ROOT, "%016x 1 stamp", version),
              new Outcome.Indexed(),
              List.of(new Document(id, List.of(chunk))),
              List.of()));
      open.commit();
    }
  }

  private List<Chunk> chunks(String tokenizer) {
    var corpus = new KafkaCorpus(new Home(folder), "docs", CorpusListener.SILENT);
    try (OpenCorpus open = corpus.open(tokenizer)) {
      assertThat(open.ingested().coverage().indexed()).isEqualTo(open.snapshot().outlines().size());
      return open.snapshot().outlines().stream()
          .flatMap(outline -> open.snapshot().read(outline.chunks()).stream())
          .toList();
    }
  }

  private static CorpusListener noting(List<String> notes) {
    return new CorpusListener() {
      @Override
      public void note(String line) {
        notes.add(line);
      }

      @Override
      public Progress progress() {
        return Progress.silent();
      }

      @Override
      public RecountListener recount(String tokenizer) {
        return RecountListener.SILENT;
      }
    };
  }

  private static void assertCounted(List<Chunk> chunks, String tokenizer) {
    TokenCounter counter = Tokenizers.named(tokenizer);
    assertThat(chunks)
        .allSatisfy(chunk ->
            assertThat(chunk.tokens())
                .isEqualTo(counter.count(new Markup(counter.specials()).segment(chunk))));
  }

  @Test
  void isCountedByAnotherTokenizerAndFollowsTheIndexWorker() {
    put("a.md", 1, "The broker rebalances.");
    assertThat(chunks("o200k_base")).hasSize(1);

    put("a.md", 2, "The broker rests.");
    put("b.md", 2, "The worker works.");

    List<Chunk> after = chunks("o200k_base");
    assertThat(after)
        .extracting(Chunk::text)
        .containsExactly("The broker rests.", "The worker works.");
    assertCounted(after, "o200k_base");
    assertCounted(chunks("deepseek-v3"), "deepseek-v3");
  }

  @Test
  void saysWhichFilesMayBeMissing() throws IOException {
    put("a.md", 1, "The broker rebalances.");
    Files.writeString(
        folder.resolve("collections/folder.json"),
        """
        {"v":1,"group":"shared","topic":"id","partitions":3,"held":[0,2],"offsets":{"0":1},
         "behind":[{"collection":"docs","tokenizer":"deepseek-v3","partition":0,"offset":1,"at":"t-0@1","cause":"newer"},
                   {"collection":"other","tokenizer":"deepseek-v3","partition":0,"offset":1,"at":"t-0@1","cause":"newer"}]}
        """);
    var notes = new ArrayList<String>();

    try (OpenCorpus open =
        new KafkaCorpus(new Home(folder), "docs", noting(notes)).open("o200k_base")) {
      assertThat(open.ingested().gaps())
          .hasSize(2)
          .anyMatch(line -> line.contains("2 of 3 partitions (0, 2)"))
          .anyMatch(line -> line.contains("docs@deepseek-v3 waits at t-0@1"));
      assertThat(notes).containsAll(open.ingested().gaps());
    }
  }

  @Test
  void saysThatNobodyKeepsItUpToDate() {
    put("a.md", 1, "The broker rebalances.");
    var notes = new ArrayList<String>();
    var corpus = new KafkaCorpus(new Home(folder), "docs", noting(notes));

    try (ProcessLock _ = IndexWorkerLock.take(folder.resolve("collections"), LockWait.NONE)) {
      corpus.open("deepseek-v3").close();
    }
    assertThat(notes).isEmpty();

    corpus.open("deepseek-v3").close();
    assertThat(notes).singleElement().asString().contains("no index worker runs on");
  }

  @Test
  void saysWhichCollectionsThereAre() {
    put("a.md", 1, "The broker rebalances.");

    assertThatThrownBy(() ->
            new KafkaCorpus(new Home(folder), "other", CorpusListener.SILENT).open("o200k_base"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no collection other@o200k_base")
        .hasMessageContaining("only docs@deepseek-v3");
  }
}
