package brimful.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.extract.ParseProgress;
import brimful.index.ChunkIndex;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.pack.PackRequest;
import brimful.pack.Packer;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.pack.format.WindowFormat;
import brimful.rank.Question;
import brimful.rank.Ranker;
import brimful.source.Listed;
import brimful.source.Rules;
import brimful.testing.FuzzContract;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Any bytes under any name become one item whose ids are unique and whose prompt recounts, or one
/// failure of that file alone.
final class ItemFuzzTest extends FuzzContract {
  private static final TokenCounter COUNTER = Tokenizers.named("deepseek-v3");
  private static final Extractor EXTRACTOR =
      new Extractor(ExtractLimits.standard(), Rules.standard());
  private static final Stages STAGES =
      new Stages(EXTRACTOR, new Chunker(COUNTER, ChunkLimits.DEFAULT));
  private static final int NAME_BYTES_MAX = 40;
  private static final int BUDGET = 3_000;
  private static final int CHUNKS = 100;

  private ChunkIndex index;

  @BeforeEach
  void openIndex(@TempDir Path folder) {
    index = LuceneIndex.open(folder, COUNTER.name());
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  @AfterAll
  static void endTheParsers() {
    EXTRACTOR.close();
  }

  /// The first byte is the length of the name, which follows; then comes the content.
  @Override
  protected List<byte[]> examples() {
    return List.of(
        named("src/A.java", "class A {\n  void f() {}\n}\n".getBytes(StandardCharsets.UTF_8)),
        named("größe.txt", "Größe – „Fuß“".getBytes(StandardCharsets.UTF_16LE)),
        named("a.eml", mail()),
        named("a.zip", zip("in.zip!/a.txt", "ü\u202e.txt")),
        named("n.ipynb", "{\"cells\":[{\"source\":[\"x\"]}]}".getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  protected int slowness() {
    return 40;
  }

  @Override
  protected void check(byte[] bytes) {
    int length =
        bytes.length == 0 ? 0 : Math.min(bytes.length - 1, (bytes[0] & 0xff) % NAME_BYTES_MAX);
    byte[] name = bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, 1 + length);
    byte[] content =
        bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1 + length, bytes.length);
    var id = DocumentId.of(name);

    Item item =
        STAGES
            .process(
                new Listed.File(
                    id, "stamp", content.length, () -> new ByteArrayInputStream(content)),
                ParseProgress.silent(),
                _ -> {})
            .item();

    assertThat(item.id()).isEqualTo(id);
    List<DocumentId> ids = new ArrayList<>();
    item.documents().forEach(document -> ids.add(document.id()));
    assertThat(ids).doesNotHaveDuplicates().allMatch(each -> each.item().equals(id));
    assertThat(item.members().stream().map(Item.Member::id).toList()).doesNotHaveDuplicates();
    if (item.outcome() instanceof Outcome.Failed) {
      assertThat(item.documents()).isEmpty();
    } else {
      recount(item, new String(content, StandardCharsets.UTF_8));
    }
  }

  /// Packs the item as each question would: the packer throws if the prompt does not recount.
  private void recount(Item item, String text) {
    index.put(item);
    index.commit();
    try (Snapshot snapshot = index.snapshot()) {
      String asked = text.isBlank() ? "why?" : Question.beginning(text);
      Window window =
          new Packer(COUNTER)
              .pack(
                  new PackRequest(
                      Prompt.of("why?"),
                      BUDGET,
                      snapshot.outlines(),
                      new Ranker().rank(new Question(asked), snapshot, CHUNKS),
                      WindowFormat.XML),
                  snapshot::read);
      assertThat(COUNTER.count(window.prompt())).isEqualTo(window.tokens());
    }
    index.remove(item.id());
  }

  private static byte[] named(String name, byte[] content) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    var named = new ByteArrayOutputStream();
    named.write(bytes.length);
    named.writeBytes(bytes);
    named.writeBytes(content);
    return named.toByteArray();
  }

  private static byte[] mail() {
    return """
    From: a@example.org
    Subject: =?utf-8?q?gr=C3=B6=C3=9Fe?=
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary=x

    --x
    Content-Type: text/plain

    body
    --x
    Content-Type: text/csv; name="report.csv"
    Content-Disposition: attachment; filename="report.csv"

    a,b
    --x--
    """
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(String... names) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("text of a member".getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
