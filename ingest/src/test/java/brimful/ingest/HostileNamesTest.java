package brimful.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.extract.Archives;
import brimful.extract.Archives.Entry;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.extract.ParseProgress;
import brimful.index.ChunkIndex;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.source.Listed;
import brimful.source.Rules;
import brimful.testing.Seeds;
import brimful.token.Tokenizers;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/// Any bytes under any name become one item whose ids are unique, or one failure of that file
/// alone.
///
/// `-Dfuzz.cases=N` makes at least so many names a seed; with `-Dseeds.extra` also other ones.
final class HostileNamesTest {
  private static final int CASES = Integer.getInteger("fuzz.cases", 100);
  private static final int FILES_A_ROUND = 20;
  private static final String COUNTER = "deepseek-v3";

  private static final List<String> PARTS =
      List.of(
          "a",
          "b.txt",
          "in.zip",
          "!",
          "!/",
          "!/a.txt",
          "/",
          "..",
          "../",
          "./",
          "\\",
          "\\x21",
          "\\u{85}",
          "~2",
          " ",
          "%2F",
          "#",
          "?",
          "&quot;",
          "\"",
          "<",
          "con",
          "\n",
          "\r\n",
          "\t",
          "\u0092",
          "\u0085",
          "\u007f",
          utf8("ü"),
          utf8("\u202E"),
          utf8("\u2028"),
          utf8("設備"),
          utf8("\uD83D\uDE00"),
          "ü",
          "\u00ed\u00a0\u00bd",
          "\u0081",
          "x".repeat(300),
          utf8("\uFEFF"),
          "=?UTF-8?B?YQ==?=");

  private static final Extractor EXTRACTOR =
      new Extractor(ExtractLimits.standard(), new Rules(Set.of()));

  private final Stages stages =
      new Stages(EXTRACTOR, new Chunker(Tokenizers.named(COUNTER), ChunkLimits.DEFAULT));

  @TempDir Path folder;

  @AfterAll
  static void endParsers() {
    EXTRACTOR.close();
  }

  /// Returns UTF-8 as the Latin-1 text of its bytes.
  private static String utf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  /// What was made, the texts it holds, and how many names were made up for it.
  ///
  /// @param documents how many documents there should be; negative if any number may be
  private record Made(String name, byte[] bytes, int documents, List<String> texts, int names) {}

  @Seeds({1, 2})
  void everyFileIsOneItemOrOneFailure(long seed) {
    var random = new Random(seed);
    int cases = 0;
    for (int round = 0; cases < CASES; round++) {
      Map<DocumentId, Item> items = new HashMap<>();
      try (ChunkIndex index = LuceneIndex.open(folder.resolve("i" + round), COUNTER)) {
        for (int i = 0; i < FILES_A_ROUND; i++) {
          Made made = made(random, 2);
          cases += made.names();
          DocumentId id = DocumentId.of((i + made.name()).getBytes(ISO_8859_1));
          byte[] bytes = made.bytes();
          var file = new Listed.File(id, "s", bytes.length, () -> new ByteArrayInputStream(bytes));

          Item item = stages.process(file, ParseProgress.silent(), _ -> {}).item();

          assertThat(item.id()).isEqualTo(id);
          if (made.documents() >= 0) {
            assertThat(item.documents()).as(id.value()).hasSize(made.documents());
          }
          if (!made.texts().isEmpty()) {
            assertThat(item.outcome()).as(id.value()).isEqualTo(new Outcome.Indexed());
            assertThat(item.documents().stream().map(one -> text(one.chunks())).toList().toString())
                .contains(made.texts());
          }
          items.put(id, item);
          index.put(item);
        }
        index.commit();
        assertReadable(index, items);
      }
    }
  }

  private static void assertReadable(ChunkIndex index, Map<DocumentId, Item> items) {
    Map<DocumentId, String> texts = new HashMap<>();
    for (Item item : items.values()) {
      for (Document document : item.documents()) {
        assertThat(texts.put(document.id(), text(document.chunks()))).isNull();
      }
    }
    try (Snapshot snapshot = index.snapshot()) {
      assertThat(snapshot.items().keySet()).isEqualTo(items.keySet());
      Map<DocumentId, String> read = new HashMap<>();
      snapshot
          .outlines()
          .forEach(outline ->
              assertThat(read.put(outline.document(), text(snapshot.read(outline.chunks()))))
                  .isNull());
      assertThat(read).isEqualTo(texts);
    }
  }

  private static String text(List<Chunk> chunks) {
    return String.join("\n", chunks.stream().map(Chunk::text).toList());
  }

  private static Made made(Random random, int depth) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> archive(random, depth, ".zip");
      case 2 -> archive(random, depth, ".tar");
      case 3 -> mail(random);
      case 4 -> {
        byte[] gz = Archives.gz(new Entry(name(random), "packed"));
        yield new Made(name(random) + ".gz", gz, 1, List.of("packed"), 2);
      }
      default -> {
        byte[] bytes = new byte[random.nextInt(3_000)];
        random.nextBytes(bytes);
        yield new Made(name(random), bytes, -1, List.of(), 1);
      }
    };
  }

  private static Made archive(Random random, int depth, String ending) {
    var entries = new ArrayList<Entry>();
    var texts = new ArrayList<String>();
    int names = 1;
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      String name = name(random);
      names++;
      if (depth > 0 && random.nextInt(5) == 0) {
        Made inner = archive(random, depth - 1, ".zip");
        entries.add(new Entry(name, inner.bytes()));
        texts.addAll(inner.texts());
        names += inner.names();
      } else {
        texts.add("text " + random.nextInt(1 << 20) + ".");
        entries.add(new Entry(name, texts.getLast()));
      }
    }
    byte[] bytes = ending.equals(".zip") ? Archives.zip(entries) : Archives.tar(entries);
    return new Made(name(random) + ending, bytes, texts.size(), texts, names);
  }

  /// What has a blank name is no attachment, but part of the mail's own text.
  private static Made mail(Random random) {
    var attachments = new ArrayList<Entry>();
    var texts = new ArrayList<>(List.of("sorrel"));
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      String name = name(random).replaceAll("[\r\n\"\\\\]", "_");
      texts.add("attached " + random.nextInt(1 << 20) + ".");
      attachments.add(new Entry("filename=\"" + name + "\"", texts.getLast()));
    }
    return new Made(
        name(random) + ".eml", Archives.mail(attachments), -1, texts, 1 + attachments.size());
  }

  /// Never empty, and no folder's, which archives would take for one.
  private static String name(Random random) {
    var name = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      name.append(
          random.nextInt(3) > 0
              ? PARTS.get(random.nextInt(PARTS.size()))
              : String.valueOf((char) (1 + random.nextInt(255))));
    }
    String file = name.toString().replaceAll("[/\\\\]+$", "");
    return file.isEmpty() ? "n" : file;
  }
}
