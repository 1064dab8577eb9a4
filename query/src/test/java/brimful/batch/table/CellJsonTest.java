package brimful.batch.table;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.answer.Citation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CellJsonTest {
  @ParameterizedTest
  @ValueSource(strings = {"a/b.md:3", "a:b.md:3-14", "report.pdf p. 7", "talk.pptx slide 2"})
  void readsTheCitationsOfEarlierLedgers(String place) {
    String json =
        """
        {"is":"answered","answer":"1","confidence":0.5,"citations":[{"place":"%s","problem":""}],
        "bill":{}}\
        """
            .formatted(place);

    Cell cell = CellJson.read(json);

    assertThat(((Cell.Answered) cell).citations())
        .extracting(Citation::display)
        .containsExactly(place);
    assertThat(CellJson.read(CellJson.write(cell))).isEqualTo(cell);
  }
}
