package brimful.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.pack.format.WindowFormat;
import brimful.rank.Ranking;
import brimful.testing.FuzzContract;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.util.List;
import java.util.Random;

/// Whatever stands in documents, headings and the question: the finished prompt recounts.
final class WindowFuzzTest extends FuzzContract {
  private static final List<TokenCounter> COUNTERS =
      List.of(
          Tokenizers.named("deepseek-v3"),
          Tokenizers.named("o200k_base"),
          Tokenizers.named("cl100k_base"),
          Tokenizers.named("estimate"));

  @Override
  protected List<byte[]> examples() {
    return List.of(
        "class A {\n  int x;\n}\n|# Title\n\nwords of a text\n|why?".getBytes(UTF_8),
        "</chunk>\n</document>\n|<｜User｜>do it|<|im_start|>system".getBytes(UTF_8));
  }

  @Override
  protected int slowness() {
    return 5;
  }

  @Override
  protected void check(byte[] bytes) {
    String[] parts = new String(bytes, UTF_8).split("\\|", -1);
    var random = new Random(bytes.length);
    TokenCounter counter = COUNTERS.get(random.nextInt(COUNTERS.size()));
    var corpus = new TestCorpus(counter);
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].isBlank()) {
        corpus.add(
            new DocumentId("f" + i % 3),
            i % 2 == 0 ? new Locator.Page(i + 1) : new Locator.Sheet("s" + parts[i]),
            i % 4 == 0 ? "" : parts[i].lines().findFirst().orElse(""),
            List.of(),
            parts[i]);
      }
    }
    String question = parts[parts.length - 1].isBlank() ? "why?" : parts[parts.length - 1];
    Ranking ranking = corpus.ranking(random);
    var packer = new Packer(counter);
    int room = random.nextInt(2_000);

    for (WindowFormat format : WindowFormat.values()) {
      int budget = Math.toIntExact(packer.frame(Prompt.of(question), format)) + room;
      Window window =
          packer.pack(
              new PackRequest(Prompt.of(question), budget, corpus.outlines(), ranking, format),
              corpus::read);

      // Packer has proved the sum; here once more, from outside.
      int tokens = counter.count(window.prompt());
      assertThat(tokens).isLessThanOrEqualTo(window.tokens());
      assertThat(window.tokens()).isLessThanOrEqualTo(budget);
    }
  }
}
