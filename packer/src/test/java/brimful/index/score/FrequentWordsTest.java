package brimful.index.score;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FrequentWordsTest {
  private static final int FREQUENT = 1_000_000;

  private final FrequentWords words = new FrequentWords();
  private final AtomicInteger counted = new AtomicInteger();

  @Seeds
  void addsTheSameBitsAsCountingOneByOne(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int size = random.nextInt(1, 2_000);
      float[] norms = norms(random, size);
      // From words that nearly all have to words that nearly none has.
      double share = random.nextDouble();
      int most = random.nextBoolean() ? 5 : 400;
      int[] chunks = counts(random, size, share * share, most);
      int[] documents = counts(random, size, share, most);
      var expectedChunks = new ScoreSums(norms, size);
      var expectedDocuments = new ScoreSums(norms, size);
      var foundChunks = new ScoreSums(norms, size);
      var foundDocuments = new ScoreSums(norms, size);
      // What other words have added before stays.
      for (ScoreSums sums :
          List.of(expectedChunks, expectedDocuments, foundChunks, foundDocuments)) {
        sums.count(0, 3);
        sums.add(1);
      }

      IntStream.range(0, size)
          .filter(unit -> chunks[unit] > 0)
          .forEach(unit -> expectedChunks.count(unit, chunks[unit]));
      IntStream.range(0, size)
          .filter(unit -> documents[unit] > 0)
          .forEach(unit -> expectedDocuments.count(unit, documents[unit]));
      expectedChunks.add(0.7f);
      expectedDocuments.add(0.7f);
      new FrequentWords.Counts(chunks, documents).addTo(foundChunks, foundDocuments, 0.7f);

      assertThat(foundChunks.scores()).isEqualTo(expectedChunks.scores());
      assertThat(foundDocuments.scores()).isEqualTo(expectedDocuments.scores());
    }
  }

  /// A byte tells how far the next unit is that has the word.
  @Test
  void findsUnitsThatAreFarApart() {
    for (int gap : new int[] {1, 254, 255, 256, 510, 511, 9_999}) {
      int size = 3 * gap + 40_000;
      var counts = new int[size];
      counts[gap] = 3;
      counts[2 * gap] = 200;
      counts[3 * gap] = 1;
      float[] norms = norms(new Random(gap), size);
      var expected = new ScoreSums(norms, size);
      for (int unit = gap; unit <= 3 * gap; unit += gap) {
        expected.count(unit, counts[unit]);
      }
      expected.add(1);
      var found = new ScoreSums(norms, size);

      new FrequentWords.Counts(counts, new int[] {204})
          .addTo(found, new ScoreSums(new float[] {1}, 1), 1);

      assertThat(found.scores()).isEqualTo(expected.scores());
    }
  }

  @Test
  void countsAWordOnceWhenItIsAskedForAgain() throws IOException {
    assertThat(of("the", FREQUENT, 8)).isEmpty();
    assertThat(of("new", FREQUENT, 8)).isEmpty();
    assertThat(counted).hasValue(0);

    for (int time = 0; time < 3; time++) {
      assertThat(of("the", FREQUENT, 8)).isPresent();
    }
    assertThat(words.of(List.of("the"), List.of("them"), FREQUENT, counter(8))).isEmpty();
    assertThat(counted).hasValue(1);
  }

  @Test
  void leavesOutRareWords() throws IOException {
    for (int time = 0; time < 3; time++) {
      assertThat(of("rare", 19_999, 8)).isEmpty();
    }

    assertThat(counted).hasValue(0);
  }

  @Test
  void keepsTheMostFrequentWordsWhereThereIsNoRoomForAll() throws IOException {
    int large = 26 << 20;
    for (int time = 0; time < 2; time++) {
      of("more", FREQUENT, large);
      of("most", FREQUENT, large + 8);
    }
    of("less", FREQUENT, large - 8);
    assertThat(of("less", FREQUENT, large - 8)).isPresent();
    counted.set(0);

    assertThat(of("most", FREQUENT, large + 8)).isPresent();
    assertThat(of("more", FREQUENT, large)).isPresent();
    assertThat(counted).hasValue(0);
    assertThat(of("less", large - 8, large - 8)).isEmpty();
  }

  /// The postings of its forms may be more than the chunks that have it.
  @Test
  void countsNoWordAgainAndAgainWhereThereIsNoRoomForAll() throws IOException {
    int large = 26 << 20;
    for (int time = 0; time < 2; time++) {
      of("more", large, large);
      of("most", large + 8, large + 8);
    }
    counted.set(0);

    for (int time = 0; time < 10; time++) {
      of("formed", large + 1, large - 8);
      of("more", large, large);
    }

    assertThat(counted).hasValue(1);
  }

  private Optional<FrequentWords.Counts> of(String word, long postings, int chunks)
      throws IOException {
    return words.of(List.of(word), List.of(), postings, counter(chunks));
  }

  private FrequentWords.Counter counter(int chunks) {
    return () -> {
      counted.incrementAndGet();
      var all = new int[chunks];
      Arrays.fill(all, 1);
      return new FrequentWords.Counts(all, new int[] {chunks});
    };
  }

  private static float[] norms(Random random, int size) {
    var norms = new float[size];
    for (int unit = 0; unit < size; unit++) {
      norms[unit] = 0.3f + random.nextFloat();
    }
    return norms;
  }

  private static int[] counts(Random random, int size, double share, int most) {
    return IntStream.range(0, size)
        .map(unit -> random.nextDouble() < share ? random.nextInt(1, most) : 0)
        .toArray();
  }
}
