package brimful.index.term;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;

final class LargeCountsTest {

  private static LargeCounts written(LargeCounts.Writer writer) throws IOException {
    var out = new ByteBuffersDataOutput();
    writer.write(out);
    return LargeCounts.read(new ByteArrayDataInput(out.toArrayCopy()));
  }

  @Seeds
  void knowWhatWeightsLose(long seed) throws IOException {
    var random = new Random(seed);
    var writer = new LargeCounts.Writer();
    Map<Integer, Map<String, Integer>> all = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      int text = random.nextInt(20) - 10;
      String term = "t" + random.nextInt(60);
      int count = 1 + random.nextInt(1 << random.nextInt(20));
      if (all.computeIfAbsent(text, _ -> new HashMap<>()).putIfAbsent(term, count) == null) {
        writer.add(text, term, count);
      }
    }

    LargeCounts large = written(writer);

    all.forEach((text, terms) ->
        terms.forEach((term, count) -> {
          // As weights come back: exact where they are low, else nearly.
          int nearly = count <= FrozenWeights.EXACT_MAX ? count : count - count / 250;
          assertThat(large.of(text, term, nearly)).isEqualTo(count);
        }));
    assertThat(large.of(99, "t1", 1_000)).isEqualTo(1_000);
  }

  @Seeds(1)
  void areNoneWhereAllAreExact(long seed) throws IOException {
    var writer = new LargeCounts.Writer();
    writer.add(0, "a" + seed, FrozenWeights.EXACT_MAX);

    assertThat(written(writer)).isSameAs(LargeCounts.NONE);
  }
}
