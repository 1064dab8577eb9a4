package brimful.extract.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FigureCaptionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Words above. | Figure 2: Sales by region. More words follow here. | 2 | Figure 2: Sales by region. More words follow here.",
        "Words above. | Fig. 2-1/Pumps in section | 0 | Fig. 2-1 Pumps in section",
        "Words above. | Abbildung 3. Pumpen/im Schnitt./Es folgt Text. | 3 | Abbildung 3. Pumpen im Schnitt.",
        "Exhibit 4: Sales/in millions | The text goes on. | 4 | Exhibit 4: Sales in millions",
        "Sales by region | and so the text goes on. | 0 | Sales by region",
        "of the last sentence. | Sales by region | 0 | Sales by region",
        "of the last sentence. | and so on. | 0 | of the last sentence.",
        "Figure 2 shows how sales grew | of this year. | 2 | Figure 2 shows how sales grew",
        "figures are in millions | Chart of all | 0 | Chart of all",
        "- | - | 0 | ''"
      })
  void isTheTextThatSaysWhatAFigureShows(
      @Nullable String above, @Nullable String below, int number, String text) {
    FigureCaption caption = FigureCaption.of(lines(above), lines(below));

    assertThat(caption).isEqualTo(new FigureCaption(text, number));
  }

  private static String lines(@Nullable String text) {
    return text == null ? "" : text.replace('/', '\n');
  }
}
