package brimful.extract;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.limits;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import brimful.corpus.Outcome;
import brimful.testing.Seeds;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Halves of surrogate pairs end where text leaves this package: nothing behind it sees one.
final class WellFormedTextTest {

  /// UTF-32 can write half a pair, and Java's decoder hands it on.
  private static byte[] utf32(int... codePoints) {
    var bytes = ByteBuffer.allocate(4 * codePoints.length);
    for (int c : codePoints) {
      bytes.putInt(c);
    }
    return bytes.array();
  }

  private static String text(Extraction extraction) {
    return extraction.texts().getFirst().sections().getFirst().text();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deepseek-v3", "o200k_base", "cl100k_base"})
  void aFileInUtf32CountsAsItIsStored(String tokenizer) {
    byte[] bytes = utf32(0xfeff, 'o', 'n', 'e', ' ', 0xd83d, ' ', 't', 'w', 'o', '\n');
    TokenCounter counter = Tokenizers.named(tokenizer);
    var id = new DocumentId("a.txt");

    Extraction extraction = extract("a.txt", bytes);

    assertThat(text(extraction)).isEqualTo("one \ufffd two\n");
    Document document =
        new Chunker(counter, ChunkLimits.DEFAULT)
            .chunk(id, extraction.texts().getFirst().sections())
            .orElseThrow();
    Chunk chunk = document.chunks().getFirst();
    String stored = new String(chunk.text().getBytes(UTF_8), UTF_8);
    assertThat(chunk.tokens())
        .isEqualTo(
            counter.count(
                new Markup(counter.specials()).segment(chunk.locator(), chunk.heading(), stored)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void halfOfAPairTakesNothingElseAway(String charset) {
    String half = "\ufeffone \ud83d\ntwo \ud83d three \udd8a four\n";
    byte[] bytes = new byte[2 * half.length()];
    var order = charset.equals("UTF-16LE") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer.wrap(bytes).order(order).asCharBuffer().put(half);

    assertThat(text(extract("a.txt", bytes)))
        .isEqualTo("one \ufffd\ntwo \ufffd three \ufffd four\n");
  }

  @Test
  void whatComesOverThePipeIsMended() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    WireStrings.write(out, "a.xlsx");
    out.writeInt(1);
    out.writeByte('S');
    WireStrings.write(out, "Q\ud83d");
    WireStrings.write(out, "");
    WireStrings.write(out, "cell \udca9");
    WireStrings.write(out, "head \udca9");
    out.writeInt(0);

    var codec =
        new FrameCodec(
            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), Integer.MAX_VALUE);

    assertThat(codec.id()).isEqualTo(new DocumentId("a.xlsx"));
    assertThat(codec.sections())
        .containsExactly(
            new Section(new Locator.Sheet("Q\ufffd"), "cell \ufffd", "head \ufffd", List.of()));
  }

  @Seeds
  void noLimitCutsACharacterInTwo(long seed) {
    var random = new Random(seed);
    String text = random.nextBoolean() ? "\ud83d\udca9" : "设";
    byte[] bytes = ("x".repeat(random.nextInt(4)) + text.repeat(60)).getBytes(UTF_8);

    Extraction extraction = extract("a.txt", bytes, limits(100, 1000, 10, 10));

    assertThat(text(extraction)).doesNotContain("\ufffd").endsWith(text);
    assertThat(extraction.outcome())
        .isEqualTo(
            new Outcome.Truncated(
                text(extraction).getBytes(UTF_8).length, bytes.length, "bytes", "limit text=100"));
  }

  @Seeds
  void noChunkOrHeadingHasHalfAPair(long seed) {
    var random = new Random(seed);
    var text = new StringBuilder();
    for (int line = 0; line < 30; line++) {
      text.append(random.nextInt(4) == 0 ? "# " : "")
          .append(" ".repeat(random.nextInt(3)))
          .append("x".repeat(random.nextInt(3)))
          .append("\ud83d\udca9".repeat(random.nextInt(400)))
          .append('\n');
    }
    var chunker = new Chunker(Tokenizers.named("deepseek-v3"), ChunkLimits.DEFAULT);
    var lines = new Locator.Lines(1, 30);

    for (String name : new String[] {"a.md", "a.py", "A.java", "a.txt"}) {
      Document document =
          chunker
              .chunk(new DocumentId(name), List.of(new Section(lines, text.toString())))
              .orElseThrow();

      for (Chunk chunk : document.chunks()) {
        String all = document.title() + chunk.heading() + chunk.definitions() + chunk.text();
        assertThat(new String(all.getBytes(UTF_8), UTF_8)).as(name).isEqualTo(all);
      }
    }
  }
}
