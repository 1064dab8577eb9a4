package brimful.index.term;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

final class TermCountsTest {
  @Seeds
  void countsAsAMapDoesHoweverOftenItIsCleared(long seed) {
    var random = new Random(seed);
    var termCounts = new TermCounts();
    for (int round = 0; round < 20; round++) {
      var expected = new HashMap<String, Integer>();
      termCounts.clear();
      int different = 1 + random.nextInt(3000);
      for (int i = random.nextInt(4000); i >= 0; i--) {
        String word = "" + random.nextInt(different);
        termCounts.add(word, 3);
        expected.merge(word, 3, Integer::sum);
      }

      assertThat(counts(termCounts)).isEqualTo(expected);
      assertThat(termCounts.total())
          .isEqualTo(expected.values().stream().mapToLong(Integer::longValue).sum());
    }
  }

  private static Map<String, Integer> counts(TermCounts termCounts) {
    var counts = new HashMap<String, Integer>();
    for (int term = 0; term < termCounts.size(); term++) {
      counts.put(termCounts.text(term), termCounts.count(term));
    }
    return counts;
  }
}
