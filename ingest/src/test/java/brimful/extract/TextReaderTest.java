package brimful.extract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Locator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Files larger than a block: the same text with the same lines, in several sections.
final class TextReaderTest {
  private static final int BLOCK = TextSink.CHARACTERS_MAX;

  private static List<Section> sections(String name, byte[] bytes) {
    Extraction extraction = Extractions.extract(name, bytes);
    assertThat(Extractions.outcome(extraction)).isEqualTo("indexed");
    assertThat(extraction.texts()).hasSize(1);
    return extraction.texts().getFirst().sections();
  }

  private static String text(List<Section> sections) {
    return sections.stream().map(Section::text).collect(Collectors.joining());
  }

  /// Each line says its number, so a section whose locator is wrong is seen.
  private static String numbered(int characters, String words, String lineEnd) {
    var text = new StringBuilder();
    for (int line = 1; text.length() < characters; line++) {
      text.append(line).append(words).append(lineEnd);
    }
    return text.toString();
  }

  private static void assertLines(List<Section> sections) {
    for (Section section : sections) {
      var lines = (Locator.Lines) section.locator();
      assertThat(section.text()).startsWith(lines.first() + " ");
      assertThat(section.text().lines().count()).isEqualTo(lines.last() - lines.first() + 1L);
    }
  }

  @Test
  void readsALargeFileInBlocksThatEndAtLineEnds() {
    String text = numbered(2 * BLOCK + 1, " größe 🦊 and more words", "\r\n");

    List<Section> sections = sections("a.txt", text.getBytes(UTF_8));

    assertThat(sections).hasSizeGreaterThan(2);
    assertThat(text(sections)).isEqualTo(text.replace("\r\n", "\n"));
    assertLines(sections);
  }

  @Test
  void readsALargeFileInTwoBytesACharacter() {
    String text = numbered(BLOCK + 5, " größe and more words", "\n");

    List<Section> sections = sections("a.txt", text.getBytes(UTF_16LE));

    assertThat(sections).hasSizeGreaterThan(2);
    assertThat(text(sections)).isEqualTo(text);
    assertLines(sections);
  }

  @Test
  void cutsALineThatIsLongerThanABlockBetweenTwoCharacters() {
    String text = "x" + "€🦊".repeat(BLOCK / 6);

    List<Section> sections = sections("a.txt", text.getBytes(UTF_8));

    assertThat(sections).hasSize(2);
    assertThat(text(sections)).isEqualTo(text);
    assertThat(sections).extracting(Section::locator).containsOnly(new Locator.Lines(1, 1));
  }

  @Test
  void fileOfExactlyABlockIsOne() {
    String text = "line\n".repeat(BLOCK / 5) + "abc";

    assertThat(text).hasSize(BLOCK);
    assertThat(sections("a.txt", text.getBytes(UTF_8))).hasSize(1);
    assertThat(text(sections("a.txt", (text + "d").getBytes(UTF_8)))).isEqualTo(text + "d");
  }

  @Test
  void decidesTheEncodingWhereItFirstShows() {
    String start = numbered(BLOCK + 100, " plain words", "\n");
    String german = "// Die Größe der Bücher ist für Jörg wie üblich.\n".repeat(20);

    List<Section> sections = sections("a.c", (start + german).getBytes(ISO_8859_1));

    assertThat(text(sections)).isEqualTo(start + german);
  }

  @Test
  void saysHowMuchOfALargeFileItHasRead() {
    byte[] bytes = numbered(2 * BLOCK, " words", "\n").getBytes(UTF_8);

    Extraction extraction =
        Extractions.extract("a.txt", bytes, Extractions.limits(BLOCK + 5_000, 1000, 10, 10));

    List<Section> sections = extraction.texts().getFirst().sections();
    assertThat(sections).hasSize(2);
    assertLines(sections);
    assertThat(Extractions.outcome(extraction))
        .isEqualTo(
            String.format(
                java.util.Locale.ROOT,
                "truncated: %,d of %,d bytes (limit text=%d)",
                text(sections).length(),
                bytes.length,
                BLOCK + 5_000));
  }

  @Test
  void aLargeFileOfBlanksIsEmpty() {
    Extraction extraction = Extractions.extract("a.txt", " \n".repeat(BLOCK).getBytes(UTF_8));

    assertThat(Extractions.outcome(extraction)).isEqualTo("skipped: empty");
    assertThat(extraction.texts()).isEmpty();
  }

  @Test
  void cutsLongSectionsOfDocumentsIntoPieces() {
    var sheet = new Section(new Locator.Sheet("S"), "a | b\nc | d\n" + "🦊".repeat(9));
    var lines = new Section(new Locator.Lines(5, 8), "one\ntwo\nthree\nfour");

    assertThat(sheet.pieces(11)).allMatch(piece -> piece.text().length() <= 11);
    assertThat(text(sheet.pieces(11))).isEqualTo(sheet.text());
    assertThat(sheet.pieces(11)).extracting(Section::locator).containsOnly(sheet.locator());
    assertThat(lines.pieces(9))
        .containsExactly(
            new Section(new Locator.Lines(5, 6), "one\ntwo\n"),
            new Section(new Locator.Lines(7, 7), "three\n"),
            new Section(new Locator.Lines(8, 8), "four"));
    assertThat(lines.pieces(100)).containsExactly(lines);
  }
}
