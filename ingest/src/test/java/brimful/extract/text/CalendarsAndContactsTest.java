package brimful.extract.text;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalendarsAndContactsTest {
  private static String calendar(String event) {
    return "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + event + "\nEND:VEVENT\nEND:VCALENDAR\n";
  }

  @Test
  void readsTheEntriesOfACalendar() {
    String calendar =
        """
        BEGIN:VCALENDAR
        X-WR-CALNAME:Team
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        BEGIN:STANDARD
        DTSTART:19701025T030000
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        SUMMARY:Tasting of yangmei\\, and
          more
        DTSTART;TZID=Europe/Berlin:20240501T090000
        DTEND;TZID=Europe/Berlin:20240501T103000
        RRULE:FREQ=WEEKLY
        LOCATION:Room 4
        ORGANIZER;CN="Smith; Mia":mailto:mia@example.org
        ATTENDEE;PARTSTAT=ACCEPTED;CN=Bob:mailto:bob@example.org
        ATTENDEE;PARTSTAT=NEEDS-ACTION:MAILTO:eve@example.org
        STATUS:CANCELLED
        DESCRIPTION:First line\\nsecond line
        BEGIN:VALARM
        DESCRIPTION:alarm
        END:VALARM
        END:VEVENT
        BEGIN:VTODO
        SUMMARY:Pay
        DUE;VALUE=DATE:20240510
        END:VTODO
        END:VCALENDAR
        """;

    assertThat(shown(extract("a.ics", calendar.replace("\n", "\r\n"))))
        .isEqualTo(
            "a.ics 1-14: Calendar: Team//Tasting of yangmei, and more/"
                + "When: 2024-05-01 09:00 - 10:30 Europe/Berlin/Repeats: FREQ=WEEKLY/Where: Room 4/"
                + "Organizer: Smith; Mia <mia@example.org>/"
                + "With: Bob <bob@example.org> (accepted), eve@example.org/Status: CANCELLED/"
                + "First line/second line//Pay/Due: 2024-05-10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DTSTART:20240501T090000Z | 2024-05-01 09:00 UTC",
        "DTSTART:20240501T090000 | 2024-05-01 09:00",
        "DTSTART:20240501T230000Z%DTEND:20240502T010000Z | 2024-05-01 23:00 - 2024-05-02 01:00 UTC",
        "DTSTART;TZID=Asia/Tokyo:20240501T090000%DURATION:PT1H30M | 2024-05-01 09:00 - 10:30 Asia/Tokyo",
        "DTSTART;TZID=Asia/Tokyo:20240501T090000%DTEND;TZID=UTC:20240501T020000 | 2024-05-01 09:00 Asia/Tokyo - 02:00 UTC",
        "DTSTART;VALUE=DATE:20240510%DTEND;VALUE=DATE:20240513 | 2024-05-10 - 2024-05-12",
        "DTSTART;VALUE=DATE:20240510%DTEND;VALUE=DATE:20240511 | 2024-05-10",
        "DTSTART:20249901T090000Z | 20249901T090000Z",
      })
  void showsTimesAsTheyAreWritten(String lines, String when) {
    assertThat(shown(extract("a.ics", calendar("SUMMARY:x\n" + lines.replace('%', '\n')))))
        .isEqualTo("a.ics 1-2: x/When: " + when);
  }

  @Test
  void readsContactsOfOldAndNewVersions() {
    String cards =
        """
        BEGIN:VCARD
        VERSION:2.1
        N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;
        FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=BC=
        ller
        TEL;WORK;VOICE:+49 30 1234
        EMAIL;INTERNET:j@example.org
        ADR;HOME:;;Hauptstr. 1;Berlin;;10115;Germany
        BDAY:19800501
        NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:gr=FC=DFe
        PHOTO;TYPE=JPEG;ENCODING=BASE64:
         /9j/4AAQSkZJRgABAQAAAQABAAD/
         AAAA

        END:VCARD
        BEGIN:VCARD
        VERSION:4.0
        N:Smith;Mia;;Dr.;
        ORG:Example\\, Ltd.;Research
        item1.TEL;TYPE="cell,voice";VALUE=uri:tel:+1-555-0100
        PHOTO:data:image/png;base64,AAAAAAAAAAAAAAAAAAAA
        END:VCARD
        """;

    assertThat(shown(extract("a.vcf", cards)))
        .isEqualTo(
            "a.vcf 1-12: Jörg Müller/Phone (work): +49 30 1234/Email: j@example.org/"
                + "Address (home): Hauptstr. 1, Berlin, 10115, Germany/Birthday: 1980-05-01/"
                + "Note: grüße/Photo: (image/jpeg, 24 bytes)//"
                + "Smith, Mia, Dr./Organization: Example, Ltd., Research/Phone (cell): +1-555-0100/"
                + "Photo: (image/png, 15 bytes)");
  }

  @Test
  void showsAsTextWhatHasNoEntry() {
    assertThat(shown(extract("a.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n")))
        .isEqualTo("a.ics 1-2: BEGIN:VCALENDAR/END:VCALENDAR/");
    assertThat(shown(extract("a.vcf", "a variant file\n"))).isEqualTo("a.vcf 1-1: a variant file/");
  }
}
