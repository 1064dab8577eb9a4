package brimful.pack;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Locator;
import brimful.index.ChunkRef;
import brimful.pack.format.WindowFormat;
import brimful.rank.Ranking;
import brimful.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SkeletonTest {
  private static final PieceCounter COUNTER = new PieceCounter(true);
  private static final Pattern SIGNATURE = Pattern.compile("def f\\d+_\\d+\\(\\):");

  private final Packer packer = new Packer(COUNTER);
  private final TestCorpus corpus = new TestCorpus(COUNTER);
  private final Map<String, List<String>> linesOf = new HashMap<>();

  /// Adds a chunk that defines one function on its second line.
  private void add(String path, String body) {
    List<String> before = linesOf.computeIfAbsent(path, _ -> new ArrayList<>());
    String name = "f" + path.replaceAll("\\D", "") + "_" + before.size();
    String text = "@cached\ndef " + name + "():\n" + body;
    before.addAll(Arrays.asList(text.split("\n", -1)));
    corpus.add(path, "", List.of(name), text);
  }

  private void addFiles(Random random, int files) {
    for (int file = 0; file < files; file++) {
      for (int chunk = 0; chunk < 12; chunk++) {
        add("file" + file + ".py", TestCorpus.randomText(random, 20 + random.nextInt(20)));
      }
    }
  }

  /// Returns the parts that are one definition's line and nothing else.
  private static List<Window.Placed> skeleton(Window window) {
    return window.placed().stream()
        .filter(part -> SIGNATURE.matcher(part.text()).matches())
        .toList();
  }

  private static Ranking code(Ranking ranking) {
    return new Ranking(ranking.documents(), ranking.chunks(), true);
  }

  @Seeds
  void isExactAndShowsLinesUnderTheirNumbers(long seed) {
    var random = new Random(seed);
    addFiles(random, 12);
    Ranking ranking = code(corpus.ranking(random));
    int budget = 8_000 + random.nextInt(12_000);

    for (WindowFormat format : WindowFormat.values()) {
      Window window = corpus.packed(packer, ranking, budget, format);

      assertThat(skeleton(window)).as("%s", format).isNotEmpty();
      assertThat(COUNTER.count(window.prompt())).isEqualTo(window.tokens()).isBetween(1, budget);
      assertThat(window.placed())
          .allSatisfy(part -> {
            var lines = (Locator.Lines) part.locator();
            List<String> all = linesOf.getOrDefault(part.document().value(), List.of());
            assertThat(part.text())
                .isEqualTo(String.join("\n", all.subList(lines.first() - 1, lines.last())));
          });
    }
  }

  @Seeds
  void costsNoMoreThanItsShare(long seed) {
    var random = new Random(seed);
    addFiles(random, 40);
    int budget = 8_000 + random.nextInt(40_000);

    Window window = corpus.packed(packer, code(corpus.ranking(random)), budget, WindowFormat.XML);

    assertThat(skeleton(window).stream().mapToInt(Window.Placed::tokens).sum())
        .isBetween(1, budget / 5);
  }

  @Test
  void namesTheBestOfWhatIsOutInAFileThatIsIn() {
    for (int chunk = 0; chunk < 800; chunk++) {
      add("big1.py", TestCorpus.lines("n" + chunk + "x", 8));
    }
    ChunkRef[] best =
        IntStream.range(0, 200)
            .mapToObj(i -> corpus.ref("big1.py", 4 * i))
            .toArray(ChunkRef[]::new);

    Window window = corpus.packed(packer, code(TestCorpus.ranked(best)), 12_000, WindowFormat.XML);

    List<Integer> shown =
        skeleton(window).stream()
            .map(part -> ((Locator.Lines) part.locator()).first() / 10 / 4)
            .toList();
    assertThat(shown).hasSizeGreaterThan(5);
    assertThat(IntStream.rangeClosed(0, shown.getLast()))
        .allMatch(rank -> shown.contains(rank) != whole(window, best[rank]));
  }

  private static boolean whole(Window window, ChunkRef ref) {
    return window.placed().stream()
        .map(part -> (Locator.Lines) part.locator())
        .anyMatch(lines -> lines.first() <= ref.firstLine() && ref.lastLine() <= lines.last());
  }

  @Test
  void opensAFileThatIsNotInWithADefinition() {
    for (int file = 0; file < 60; file++) {
      for (int chunk = 0; chunk < 12; chunk++) {
        add("file" + file + ".py", TestCorpus.lines("n" + file + "x" + chunk + "y", 40));
      }
    }
    ChunkRef[] best =
        IntStream.range(0, 60)
            .mapToObj(i -> corpus.ref("file" + i + ".py", 3))
            .toArray(ChunkRef[]::new);

    Window window = corpus.packed(packer, code(TestCorpus.ranked(best)), 8_000, WindowFormat.XML);

    assertThat(skeleton(window))
        .hasSizeGreaterThan(5)
        .allSatisfy(part -> assertThat(part.locator()).isEqualTo(new Locator.Lines(128, 128)));
  }

  @Test
  void isOfCodeOnly() {
    addFiles(new Random(2), 20);
    Ranking ranking = corpus.ranking(new Random(2));

    assertThat(skeleton(corpus.packed(packer, code(ranking), 9_000, WindowFormat.XML)))
        .isNotEmpty();
    assertThat(skeleton(corpus.packed(packer, ranking, 9_000, WindowFormat.XML))).isEmpty();
  }
}
