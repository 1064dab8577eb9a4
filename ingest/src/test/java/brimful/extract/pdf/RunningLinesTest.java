package brimful.extract.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RunningLinesTest {
  private static List<String> once(List<String> texts) {
    return RunningLines.once(
        IntStream.range(0, texts.size())
            .mapToObj(i -> new RunningLines.Page(i + 1, texts.get(i)))
            .toList());
  }

  private static List<String> pages(int count, String form) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> form.replace("N", "" + n)).toList();
  }

  @Test
  void showsHeadsAndPageNumbersOnce() {
    List<String> pages =
        IntStream.rangeClosed(3, 8)
            .mapToObj(n ->
                "Annual report 2020\n\nText of "
                    + "x".repeat(n)
                    + "\nmore\nto "
                    + "y".repeat(n)
                    + "\n\nPage "
                    + n
                    + " of 8")
            .toList();

    assertThat(once(pages))
        .startsWith(pages.getFirst())
        .endsWith("Text of xxxxxxxx\nmore\nto yyyyyyyy");
  }

  @Test
  void showsHeadsOfLeftAndRightPagesOnce() {
    List<String> pages =
        IntStream.rangeClosed(1, 12)
            .mapToObj(n ->
                (n % 2 == 0 ? "The book" : "The chapter")
                    + "\na"
                    + n
                    + "x\nc\nd"
                    + n
                    + "x\ne"
                    + n
                    + "x")
            .toList();

    assertThat(once(pages)).startsWith(pages.get(0), pages.get(1), "a3x\nc\nd3x\ne3x");
  }

  @Test
  void keepsWhatIsNotOnMostPages() {
    List<String> pages =
        IntStream.rangeClosed(1, 12)
            .mapToObj(n ->
                "Chapter " + (n > 6 ? "two" : "one") + "\na" + n + "x\nb\nc" + n + "x\nd" + n + "x")
            .toList();

    assertThat(once(pages)).isEqualTo(pages);
    assertThat(once(pages(4, "Head\na\nb\nc"))).isEqualTo(pages(4, "Head\na\nb\nc"));
  }

  @Test
  void keepsSumsAndPagesOfOneLine() {
    List<String> sums =
        IntStream.of(7, 120, 33, 81, 9, 64)
            .mapToObj(n -> "a\nb\nc\nd\nTotal " + n + " euro")
            .toList();

    assertThat(once(pages(6, "Exercise N\nTask N one\nb\nc\nSum N is\nSee N there")))
        .isEqualTo(pages(6, "Exercise N\nTask N one\nb\nc\nSum N is\nSee N there"));
    assertThat(once(sums).stream().map(text -> text.lines().toList().getLast()))
        .isEqualTo(sums.stream().map(text -> text.lines().toList().getLast()).toList());
    assertThat(once(pages(6, "A B 0.35 0.40 0.45\nsN\naN\nbN\nvN")))
        .isEqualTo(pages(6, "A B 0.35 0.40 0.45\nsN\naN\nbN\nvN"));
    assertThat(once(pages(6, "Confidential"))).isEqualTo(pages(6, "Confidential"));
  }

  @Test
  void keepsWhatThePageItselfRepeats() {
    List<String> pages = pages(6, "Part N\nThe same words.\nb\nThe same words.\nd N");

    assertThat(once(pages)).first().isEqualTo(pages.getFirst());
  }
}
