package brimful.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecentCountsTest {
  private final RecentCounts counts = new RecentCounts();
  private final List<String> asked = new ArrayList<>();

  private List<Long> of(String... words) {
    return counts.of(List.of(words).stream().map(RecentCountsTest::count).toList(), this::answer);
  }

  private static CommitQueries.Count count(String word) {
    return new CommitQueries.Count("chunks", List.of(word));
  }

  private List<Long> answer(List<CommitQueries.Count> unknown) {
    unknown.forEach(one -> asked.add(one.terms().getFirst()));
    return unknown.stream().map(one -> (long) one.terms().getFirst().length()).toList();
  }

  @Test
  void asksForEachOnce() {
    assertThat(of("a", "bb", "a")).containsExactly(1L, 2L, 1L);

    assertThat(of("bb", "ccc")).containsExactly(2L, 3L);

    assertThat(asked).containsExactly("a", "bb", "ccc");
  }

  @Test
  void forgetsWhatWasNotAskedForLongest() {
    of("first", "second");
    for (int i = 0; i < RecentCounts.KEPT_MAX; i += 100) {
      var some = new ArrayList<String>();
      for (int j = i; j < i + 100; j++) {
        some.add("word" + j);
      }
      some.add("first");
      assertThat(of(some.toArray(String[]::new))).hasSize(101).doesNotContain(0L);
    }
    asked.clear();

    of("first", "second");

    assertThat(asked).containsExactly("second");
    assertThat(counts.size()).isEqualTo(RecentCounts.KEPT_MAX);
  }

  @Test
  void answersMoreThanItKeeps() {
    var all = new ArrayList<String>();
    for (int i = 0; i < RecentCounts.KEPT_MAX + 5; i++) {
      all.add("word" + i);
    }

    assertThat(of(all.toArray(String[]::new))).hasSize(all.size()).doesNotContain(0L);
    assertThat(counts.size()).isEqualTo(RecentCounts.KEPT_MAX);
  }
}
