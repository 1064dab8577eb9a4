package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.rank.calendar.AskedTime;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TurnTimesTest {
  private final TurnTimes times =
      new TurnTimes(
          AskedTime.of("what did we order in May 2024?", Optional.of(LocalDate.of(2025, 2, 1))));

  private static Chunk mail(String name, String text) {
    return new Chunk(
        new DocumentId("list.mbox!/" + name), 0, new Locator.Lines(1, 5), "", List.of(), text, 20);
  }

  private float score(String head) {
    Chunk chunk = mail("1.eml", head);
    times.addMails(List.of(chunk));
    return times.score(chunk.document(), chunk.ordinal(), 0.5f);
  }

  @Test
  void aMailOfTheAskedMonthCountsMore() {
    assertThat(
            score(
                "From: Ann <a@x>\nTo: b@x\nDate: 2024-05-17 19:23 UTC\nSubject: Pumps\n\nOrdered."))
        .isGreaterThan(0.5f);
  }

  @Test
  void aMailOfAnotherMonthCountsLess() {
    assertThat(score("From: Ann <a@x>\nTo: b@x\nDate: 2024-06-02 09:00 (07:00 UTC)\n\nOrdered."))
        .isLessThan(0.5f);
  }

  @Test
  void aDateInTheTextIsNotTheMails() {
    assertThat(score("From: Ann <a@x>\nSubject: x\n\nDate: 2024-05-17\n")).isEqualTo(0.5f);
    assertThat(score("Notes\nFrom: Ann\nDate: 2024-05-17\n")).isEqualTo(0.5f);
  }
}
