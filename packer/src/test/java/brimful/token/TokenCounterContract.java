package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.nio.CharBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every counter promises.
abstract class TokenCounterContract {
  abstract TokenCounter counter();

  @Test
  void countsNothingInNothing() {
    assertThat(counter().count("")).isZero();
  }

  @Test
  void takesAnyCharSequence() {
    String text = "final class Window {}\n";

    assertThat(counter().count(CharBuffer.wrap(text))).isEqualTo(counter().count(text));
  }

  /// The budget is a sum, so no token may reach from one segment into the next.
  @Seeds
  void segmentsAddUp(long seed) {
    var random = new Random(seed);
    List<String> segments = IntStream.range(0, 300).mapToObj(_ -> segment(random)).toList();
    int sum = segments.stream().mapToInt(counter()::count).sum();

    int whole = counter().count(String.join("", segments));

    if (counter().exact()) {
      assertThat(whole).isEqualTo(sum);
    } else {
      assertThat(whole).isPositive().isLessThanOrEqualTo(sum);
    }
  }

  private static String segment(Random random) {
    String end = random.nextBoolean() ? "\n" : RandomUnicode.of(random, 1) + "/\r\n /\n";
    return "<" + RandomUnicode.of(random, 10) + end;
  }

  @Seeds
  void countsTheSameInManyThreads(long seed) {
    var random = new Random(seed);
    List<String> texts =
        IntStream.range(0, 200).mapToObj(_ -> RandomUnicode.of(random, 10)).toList();
    int[] alone = texts.stream().mapToInt(counter()::count).toArray();

    List<Integer> together =
        Stream.generate(() -> texts)
            .limit(8)
            .flatMap(List::stream)
            .parallel()
            .map(counter()::count)
            .toList();

    for (int i = 0; i < together.size(); i++) {
      assertThat(together.get(i)).isEqualTo(alone[i % alone.length]);
    }
  }
}
