package brimful.rank.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Minutes;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AskedTimeTest {
  /// A Wednesday.
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

  private static String days(String question, Optional<LocalDate> today) {
    return AskedTime.of(question, today).map(AskedTimeTest::days).orElse("none");
  }

  private static String days(Minutes minutes) {
    return minutes.first().toLocalDate() + " " + minutes.last().toLocalDate();
  }

  @ParameterizedTest
  @CsvSource({
    "last week, 0001-01-03",
    "yesterday, 0001-01-01",
    "next week, 9999-12-30",
    "this week, 9999-12-31",
    "last year, 0001-06-01",
    "since last week, 0001-01-01"
  })
  void timesBeforeAllYearsAreNone(String question, LocalDate today) {
    assertThat(days(question, Optional.of(today))).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "what did we decide last May? | 2026-05-01 2026-05-31",
        "what did we decide last November? | 2025-11-01 2025-11-30",
        "what was said in December | 2025-12-01 2025-12-31",
        "what was said in May 2024 | 2024-05-01 2024-05-31",
        "what happened on 1 May 2024 | 2024-05-01 2024-05-01",
        "what happened on the 3rd of June | 2026-06-03 2026-06-03",
        "who wrote on May 1st, 2024? | 2024-05-01 2024-05-01",
        "who wrote on Dec 24 | 2025-12-24 2025-12-24",
        "messages of 2024-05-01 | 2024-05-01 2024-05-01",
        "messages of 2024-05 | 2024-05-01 2024-05-31",
        "what changed in 2024 | 2024-01-01 2024-12-31",
        "what did Mia say since Tuesday | 2026-11-24 2026-11-25",
        "what did Mia say yesterday | 2026-11-24 2026-11-24",
        "what did Mia say last week | 2026-11-16 2026-11-22",
        "what did Mia say this week | 2026-11-23 2026-11-29",
        "what did Mia say last month | 2026-10-01 2026-10-31",
        "what did Mia say two weeks ago | 2026-11-08 2026-11-14",
        "what did Mia say 3 days ago | 2026-11-22 2026-11-22",
        "the last 3 days | 2026-11-22 2026-11-25",
        "what was open before 2024-05-01 | 0001-01-01 2024-04-30",
        "what was open after May 2024 | 2024-06-01 9999-12-31",
        "between March 2024 and May 2024, who spoke | 2024-03-01 2024-05-31",
        "from 2024-05-01 to 2024-05-03 | 2024-05-01 2024-05-03",
        "what was decided in Q3? | 2026-07-01 2026-09-30",
        "what changed from Q1 to Q3? | 2026-01-01 2026-09-30",
        "what was decided in the third quarter of 2024 | 2024-07-01 2024-09-30",
        "Q3 2024 decisions | 2024-07-01 2024-09-30",
        "decisions of 2024 Q3 | 2024-07-01 2024-09-30",
        "decisions of Q1/2025 | 2025-01-01 2025-03-31",
        "decisions of Q1 '25 | 2025-01-01 2025-03-31",
        "since Q2 2024, who spoke | 2024-04-01 2026-11-25",
        "who spoke before the fourth quarter of 2024 | 0001-01-01 2024-09-30",
        "between Q1 and Q3 2024, who spoke | 2024-01-01 2024-09-30",
        "what did we decide last quarter | 2026-07-01 2026-09-30",
        "what did we decide this quarter | 2026-10-01 2026-12-31",
        "H1 2024 decisions | 2024-01-01 2024-06-30",
        "what was decided in H2? | 2026-07-01 2026-12-31",
        "the second half of 2024 | 2024-07-01 2024-12-31",
        "what was said in week 23 | 2026-06-01 2026-06-07",
        "what was said in week 52 | 2025-12-22 2025-12-28",
        "what was said in week 1 of 2025 | 2024-12-30 2025-01-05",
        "was war in KW 23/2024 | 2024-06-03 2024-06-09",
        "was haben wir im dritten Quartal 2024 beschlossen | 2024-07-01 2024-09-30",
        "was haben wir im 2. Halbjahr 2024 beschlossen | 2024-07-01 2024-12-31",
        "was haben wir letztes Quartal beschlossen | 2026-07-01 2026-09-30",
        "was haben wir im Mai 2024 beschlossen | 2024-05-01 2024-05-31",
        "was haben wir am 1. Mai 2024 beschlossen | 2024-05-01 2024-05-01",
        "was haben wir am 1.5.2024 beschlossen | 2024-05-01 2024-05-01",
        "was sagte Mia seit Dienstag | 2026-11-24 2026-11-25",
        "was sagte Mia vor 3 Tagen | 2026-11-22 2026-11-22",
        "was sagte Mia letzte Woche | 2026-11-16 2026-11-22",
      })
  void readsTheTimeOfAQuestion(String question, String days) {
    assertThat(days(question, Optional.of(TODAY))).isEqualTo(days);
  }

  @ParameterizedTest
  @CsvSource({
    "may I march on?",
    "what is May doing",
    "what was open before the release",
    "how are 2024 valves made",
    "version 2024-05-01-rc",
    "what happened on 2024-13-45",
    "how do retries work",
    "port 2000 is taken",
    "what does Q3 ask",
    "what is the answer to Q3?",
    "what does the Q2 button do?",
    "text in H1 tags",
    "week 3 of the course",
    "in the first quarter of the match",
    "week 3 homework",
    "in week 60",
    "the H2 database",
  })
  void noTimeIsReadIntoOtherWords(String question) {
    assertThat(days(question, Optional.of(TODAY))).isEqualTo("none");
  }

  @Test
  void whatIsRelativeNeedsTheDay() {
    assertThat(days("what did we decide last May", Optional.empty())).isEqualTo("none");
    assertThat(days("what did we decide in Q3", Optional.empty())).isEqualTo("none");
    assertThat(days("what did we decide last quarter", Optional.empty())).isEqualTo("none");
    assertThat(days("what did we decide in May 2024", Optional.empty()))
        .isEqualTo("2024-05-01 2024-05-31");
  }
}
