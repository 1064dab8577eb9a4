package brimful.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brimful.chunk.outline.Breadcrumbs;
import brimful.corpus.CellRange;
import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import brimful.extract.Section;
import brimful.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ChunkerTest {
  private static final WordCounter COUNTER = new WordCounter();
  private static final ChunkLimits SMALL = new ChunkLimits(128, 128, 20);
  private static final List<String> NAMES =
      List.of("A.java", "b.py", "c.md", "d.txt", "e.ts", "f.rs", "g.rb", "h.sql", "i.rst", "j.go");

  private final Chunker chunker = new Chunker(COUNTER, SMALL);

  @Test
  void givesNothingForTextThatIsBlank() {
    assertThat(chunker.chunk(new DocumentId("a.txt"), List.of())).isEmpty();
    assertThat(chunker.chunk(new DocumentId("a.txt"), List.of(section(" \n\t\n\f")))).isEmpty();
  }

  @Test
  void keepsASmallTextWhole() {
    Document document = chunk("a.txt", "\n  one\n\ntwo\n");

    Chunk chunk = document.chunks().getFirst();
    assertThat(document.chunks()).hasSize(1);
    assertThat(chunk.text()).isEqualTo("\n  one\n\ntwo");
    assertThat(chunk.locator()).isEqualTo(new Locator.Lines(1, 4));
    assertThat(chunk.tokens()).isEqualTo(COUNTER.count(Markup.FOR_ANY.segment(chunk)));
  }

  @Test
  void saysWhereInALongMethodAChunkStands() {
    String body = "    int value = compute(1, 2, 3);\n".repeat(40);
    String text =
        "final class Packer {\n  Window pack(final List<Ranked> ranking, int n) {\n%s  }\n}\n"
            .formatted(body);

    List<Chunk> chunks = chunk("Packer.java", text).chunks();

    assertThat(chunks.getFirst().heading()).isEmpty();
    assertThat(chunks.getFirst().definitions()).contains("Packer", "pack");
    assertThat(chunks.getLast().heading()).isEqualTo("class Packer > pack(List<Ranked>, int)");
    assertThat(chunks.getLast().definitions()).isEmpty();
  }

  @Test
  void cutsBetweenDefinitionsAndKeepsCommentsWithThem() {
    var text = new StringBuilder("class A {\n");
    for (int i = 0; i < 12; i++) {
      String body = "    call(1);\n".repeat(5 + i % 4);
      text.append("  /** Says. */\n  @Override\n  void m%s() {\n%s  }\n\n".formatted(i, body));
    }

    List<Chunk> chunks = chunk("A.java", text.append("}\n").toString()).chunks();

    assertThat(chunks).hasSizeGreaterThan(4);
    assertThat(chunks.stream().skip(1))
        .allSatisfy(chunk -> {
          assertThat(chunk.text()).startsWith("  /** Says. */");
          assertThat(chunk.heading()).isEqualTo("class A");
        });
  }

  @Test
  void namesTheHeadingsAroundAChunk() {
    String prose = "Some words that fill a line of prose, more or less.\n\n".repeat(12);
    String text = "# Guide\n\n%s## Install\n\n%s### Linux\n\n%s".formatted(prose, prose, prose);

    Document document = chunk("guide.md", text);

    List<Chunk> chunks = document.chunks();
    assertThat(document.title()).isEqualTo("Guide");
    assertThat(chunks.getLast().heading()).isEqualTo("Install > Linux");
    assertThat(chunks.stream().flatMap(each -> each.definitions().stream()))
        .containsExactly("Guide", "Install", "Linux");
  }

  @Test
  void neverJoinsTwoPagesAndKeepsTheirPlace() {
    var pages =
        List.of(
            new Section(new Locator.Page(1), "short"),
            new Section(new Locator.Page(2), " \n"),
            new Section(new Locator.Page(3), "a line of words and more\n".repeat(60)));

    List<Chunk> chunks = chunker.chunk(new DocumentId("a.pdf"), pages).orElseThrow().chunks();

    assertThat(chunks).hasSizeGreaterThan(3);
    assertThat(chunks.getFirst().text()).isEqualTo("short");
    assertThat(chunks.stream().skip(1).map(Chunk::locator)).containsOnly(new Locator.Page(3));
  }

  @Test
  void aRangeOfCellsIsAsWideAsItsWidestRow() {
    List<Locator> rows =
        List.of(
            new Locator.Sheet("S", CellRange.parse("A1")),
            new Locator.Sheet("S", CellRange.parse("A2:D2")),
            new Locator.Sheet("S", CellRange.parse("A3:B3")),
            new Locator.Sheet("S"));
    var sheet = new Section(new Locator.Sheet("S"), "a\nb | c | d | e\nf | g\nbeside", "", rows);

    List<Chunk> chunks =
        chunker.chunk(new DocumentId("a.xlsx"), List.of(sheet)).orElseThrow().chunks();

    assertThat(chunks)
        .extracting(chunk -> chunk.locator().display())
        .containsExactly("sheet S!A1:D3");
  }

  @Test
  void namesTheRowsOfASheetUnderItsHeaderRow() {
    List<Locator> rows =
        IntStream.rangeClosed(2, 101)
            .<Locator>mapToObj(
                row -> new Locator.Sheet("Costs", Optional.of(CellRange.rows(row, row, 3))))
            .toList();
    String text =
        IntStream.rangeClosed(2, 101)
            .mapToObj(row -> "%s | some words | in a row".formatted(row))
            .collect(Collectors.joining("\n"));
    var sheet = new Section(new Locator.Sheet("Costs"), text, "No | Words | Row", rows);

    List<Chunk> chunks =
        chunker.chunk(new DocumentId("a.xlsx"), List.of(sheet)).orElseThrow().chunks();

    assertThat(chunks).hasSizeGreaterThan(2);
    assertThat(chunks)
        .allSatisfy(chunk -> {
          String[] lines = chunk.text().split("\n", -1);
          String first = lines[0].substring(0, lines[0].indexOf(' '));
          String last = lines[lines.length - 1].substring(0, lines[lines.length - 1].indexOf(' '));
          assertThat(chunk.heading()).isEqualTo("No | Words | Row");
          assertThat(chunk.locator().display())
              .isEqualTo("sheet Costs!A%s:C%s".formatted(first, last));
        });
  }

  @Test
  void leavesRoomForRowsUnderAWideHeader() {
    String header =
        IntStream.range(0, 60).mapToObj(i -> "column " + i).collect(Collectors.joining(" | "));
    String row = IntStream.range(0, 60).mapToObj(i -> "v" + i).collect(Collectors.joining(" | "));
    String text = String.join("\n", java.util.Collections.nCopies(40, row));
    var sheet = new Section(new Locator.Sheet("Wide"), text, header, List.of());

    for (ChunkLimits limits : List.of(SMALL, ChunkLimits.DEFAULT)) {
      List<Chunk> chunks =
          new Chunker(COUNTER, limits)
              .chunk(new DocumentId("a.xlsx"), List.of(sheet))
              .orElseThrow()
              .chunks();

      assertThat(chunks).hasSizeLessThan(limits == SMALL ? 300 : 41);
      assertThat(chunks)
          .allSatisfy(chunk -> {
            assertThat(chunk.heading()).startsWith("column 0 | column 1 | ").endsWith("…");
            assertThat(chunk.tokens()).isLessThanOrEqualTo(limits.tokensMax());
            assertThat(COUNTER.count(chunk.heading()))
                .isLessThanOrEqualTo(limits.tokensMax() / 3 + 1);
          });
    }
  }

  @Test
  void readsACellOfANotebookInTheLanguageOfItsFence() {
    var cells =
        List.of(
            new Section(new Locator.Cell(1), "# Training\n\nclass imbalance is large"),
            new Section(
                new Locator.Cell(3),
                "```python\ndef train(a):\n    return a\n```",
                "Training",
                List.of()));

    List<Chunk> chunks = chunker.chunk(new DocumentId("a.ipynb"), cells).orElseThrow().chunks();

    assertThat(chunks.stream().map(chunk -> chunk.locator().display()))
        .containsExactly("cell 1", "cell 3");
    assertThat(chunks.get(0).definitions()).containsExactly("Training");
    assertThat(chunks.get(1).definitions()).containsExactly("train");
    assertThat(chunks.get(1).heading()).startsWith("Training");
  }

  @Test
  void locatesSubtitlesByTheTimeOfTheirLines() {
    List<Locator> times =
        IntStream.range(0, 200).<Locator>mapToObj(i -> new Locator.Time(i, i + 1)).toList();
    String text =
        IntStream.range(0, 200)
            .mapToObj(i -> "Speaker %s: line %s".formatted(i % 2, i))
            .collect(Collectors.joining("\n"));
    var talk = new Section(new Locator.Time(0, 200), text, "", times);

    List<Chunk> chunks =
        chunker.chunk(new DocumentId("a.vtt"), List.of(talk)).orElseThrow().chunks();

    assertThat(chunks).hasSizeBetween(2, 100);
    assertThat(chunks)
        .allSatisfy(chunk -> {
          String[] lines = chunk.text().split("\n", -1);
          int first = Integer.parseInt(lines[0].replaceAll(".* ", ""));
          int last = Integer.parseInt(lines[lines.length - 1].replaceAll(".* ", ""));
          assertThat(chunk.locator()).isEqualTo(new Locator.Time(first, last + 1));
        });
  }

  @Test
  void cutsALongLineBetweenCharactersAndKeepsItsNumber() {
    String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    String text = "first\n" + family.repeat(300) + "\nlast\n";

    List<Chunk> chunks = chunk("a.txt", text).chunks();

    List<Chunk> pieces =
        chunks.stream().filter(each -> each.locator().equals(new Locator.Lines(2, 2))).toList();
    assertThat(pieces).hasSizeGreaterThan(5);
    assertThat(pieces).allMatch(each -> each.text().replace(family, "").isEmpty());
    assertTiles(text, chunks);
  }

  @Test
  void leavesOutOnlyWhiteSpaceThatFillsChunksAlone() {
    String text = "first" + "\n".repeat(5_000) + "middle" + " ".repeat(100) + "\nlast";

    List<Chunk> chunks = chunk("a.txt", text).chunks();

    assertThat(chunks).allMatch(each -> each.tokens() <= SMALL.tokensMax());
    assertThat(ink(chunks)).isEqualTo("firstmiddlelast");
    assertThat(chunks.getLast().locator()).isEqualTo(new Locator.Lines(5_001, 5_002));
  }

  @Test
  void refusesLimitsThatLeaveNoRoom() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChunkLimits(512, 10, 20))
        .withMessageContaining("allow at least 128 tokens");
  }

  @Seeds
  void tilesRandomTextWithinTheLimitAndAlwaysAlike(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 10; i++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      String text = RandomDocument.of(random, 40);

      Document document = chunk(name, text);

      assertTiles(text, document.chunks());
      assertThat(new Chunker(COUNTER, SMALL).chunk(document.id(), List.of(section(text))))
          .contains(document);
    }
  }

  @Test
  void tilesItsOwnSources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String text = Files.readString(file);
        String name = file.getFileName().toString();

        List<Chunk> chunks = chunk(name, text).chunks();

        assertTiles(text, chunks);
        assertThat(chunks.stream().flatMap(each -> each.definitions().stream()))
            .satisfies(names ->
                assertThat(names.isEmpty() || names.contains(name.replace(".java", ""))).isTrue());
      }
    }
  }

  /// Asserts that chunks are a text again, in order, within the limit, with true line numbers.
  private static void assertTiles(String text, List<Chunk> chunks) {
    String[] lines = text.split("\n", -1);
    var joined = new StringBuilder();
    int lineBefore = 0;
    for (Chunk chunk : chunks) {
      var at = (Locator.Lines) chunk.locator();
      assertThat(chunk.tokens()).isLessThanOrEqualTo(SMALL.tokensMax());
      assertThat(chunk.tokens()).isEqualTo(COUNTER.count(Markup.FOR_ANY.segment(chunk)));
      assertThat(chunk.heading().length()).isLessThanOrEqualTo(Breadcrumbs.PATH_MAX);
      assertThat(at.first()).isIn(lineBefore, lineBefore + 1);
      assertThat(lines[at.first() - 1]).contains(chunk.text().split("\n", -1)[0]);
      joined.append(at.first() == lineBefore ? "" : "\n").append(chunk.text());
      lineBefore = at.last();
    }
    assertThat(joined.substring(1))
        .isEqualTo(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
  }

  private static String ink(List<Chunk> chunks) {
    var ink = new StringBuilder();
    chunks.forEach(each -> ink.append(each.text().replaceAll("\\s+", "")));
    return ink.toString();
  }

  private Document chunk(String name, String text) {
    return chunker.chunk(new DocumentId(name), List.of(section(text))).orElseThrow();
  }

  private static Section section(String text) {
    int lines = (int) text.chars().filter(c -> c == '\n').count() + 1;
    return new Section(new Locator.Lines(1, lines), text);
  }
}
