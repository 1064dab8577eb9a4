package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FamiliesTest {
  private static final int[] ORDER = {0, 1, 2};

  @TempDir Path folder;

  private List<Integer> followers(String... texts) {
    try (LuceneIndex index = LuceneIndex.open(folder, "characters")) {
      for (int i = 0; i < texts.length; i++) {
        index.put(LineChunks.item(new DocumentId("file" + i + ".f"), texts[i], 20));
      }
      index.commit();
      try (Snapshot snapshot = index.snapshot()) {
        return new Families(snapshot.outlines()).followers(ORDER);
      }
    }
  }

  /// A text of lines that no other subject shares.
  private static String text(String subject, int lines) {
    return IntStream.range(0, lines)
        .mapToObj(line -> "%1$s%2$s %1$sx%2$s %1$sy%2$s z%1$s".formatted(subject, line))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void oneRoutineForEachNumberTypeIsAFamily() {
    String routine = text("pivot", 100);

    assertThat(followers(routine, routine.replace("pivoty7 ", "dpivoty7 "), text("other", 100)))
        .containsExactly(1);
  }

  @Test
  void aCopyWithAnotherEndIsAFamily() {
    assertThat(followers(text("pivot", 100), text("other", 100), text("pivot", 110)))
        .containsExactly(2);
  }

  @Test
  void aTextThatQuotesAnotherIsNone() {
    assertThat(
            followers(
                text("pivot", 100), text("pivot", 20) + "\n" + text("x", 80), text("other", 100)))
        .isEmpty();
  }

  @Test
  void aMuchLongerTextIsNone() {
    assertThat(followers(text("pivot", 40), text("pivot", 200), text("other", 100))).isEmpty();
  }
}
