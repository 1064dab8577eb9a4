package brimful.extract.chat;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WhatsAppLinesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "01/05/2024, 10:00 - Ann: one;13/05/2024, 22:01 - Bob: two | 2024-05-01 10:00 | 2024-05-13 22:01",
        "5/1/24, 10:00 AM - Ann: one;5/13/24, 10:01 PM - Bob: two | 2024-05-01 10:00 | 2024-05-13 22:01",
        "5/1/24, 10:00\u202fAM - Ann: one;5/2/24, 10:01\u202fPM - Bob: two | 2024-05-01 10:00 | 2024-05-02 22:01",
        "01.05.24, 10:00 - Ann: one;02.05.24, 22:01 - Bob: two | 2024-05-01 10:00 | 2024-05-02 22:01",
        "[01.05.24, 10:00:12] Ann: one;\u200e[02.05.24, 22:01:00] Bob: \u200etwo | 2024-05-01 10:00 | 2024-05-02 22:01",
        "[5/1/24, 10:00:12\u202fAM] Ann: one;[5/2/24, 10:01:00\u202fPM] Bob: two | 2024-05-01 10:00 | 2024-05-02 22:01",
        "2024-05-01, 10:00 - Ann: one;2024-05-02, 22:01 - Bob: two | 2024-05-01 10:00 | 2024-05-02 22:01",
        "2024/05/01 10:00 - Ann: one;2024/05/02 22:01 - Bob: two | 2024-05-01 10:00 | 2024-05-02 22:01",
        "1/5/24, 10:00 a. m. - Ann: one;2/5/24, 10:01 p. m. - Bob: two | 2024-05-01 10:00 | 2024-05-02 22:01",
        "01/05/2024 à 10:00 - Ann: one;13/05/2024 à 22:01 - Bob: two | 2024-05-01 10:00 | 2024-05-13 22:01",
        "\u200f1/5/2024، 10:00 ص - Ann: one;\u200f13/5/2024، 10:01 م - Bob: two | 2024-05-01 10:00 | 2024-05-13 22:01",
        "\u200f١\u200f/٥\u200f/٢٠٢٤، ١٠:٠٠ ص - Ann: one;\u200f١٣\u200f/٥\u200f/٢٠٢٤، ١٠:٠١ م - Bob: two"
            + " | 2024-05-01 10:00 | 2024-05-13 22:01",
        "2024년 5월 1일 오전 10:00, Ann : one;2024년 5월 13일 오후 10:01, Bob : two | 2024-05-01 10:00 | 2024-05-13 22:01",
        "2024. 5. 1. 오전 10:00 - Ann: one;2024. 5. 13. 오후 10:01 - Bob: two | 2024-05-01 10:00 | 2024-05-13 22:01",
        "2024/5/1 上午10:00 - Ann: one;2024/5/13 晚上10:01 - Bob: two | 2024-05-01 10:00 | 2024-05-13 22:01",
        "[2024/5/1 上午10:00:12] Ann: one;[2024/5/13 下午10:01:00] Bob: two | 2024-05-01 10:00 | 2024-05-13 22:01",
        "01/05/24, 10:00 - Ann: one;13/05/24, 22:01 - Bob: two | 2024-05-01 10:00 | 2024-05-13 22:01",
        "1.05.2024 10:00 - Ann: one;13.05.2024 22:01 - Bob: two | 2024-05-01 10:00 | 2024-05-13 22:01",
        "2024/05/01 10:00 - Ann: one;2024/05/13 22:01 - Bob: two | 2024-05-01 10:00 | 2024-05-13 22:01",
        "31/01/24, 10:00 - Ann: one;01/02/24, 22:01 - Bob: two | 2024-01-31 10:00 | 2024-02-01 22:01",
      })
  void readsWhatsAppInTheFormsOfManyCountries(String lines, String first, String second) {
    var export = extract("WhatsApp Chat with Ann.txt", lines.replace(';', '\n') + "\n");

    assertThat(shown(export))
        .isEqualTo(
            "WhatsApp Chat with Ann.txt!/%s %s Ann: %s Ann: one\n"
                    .formatted(first.substring(0, 10), first, first.substring(11))
                + "WhatsApp Chat with Ann.txt!/%s %s Bob: %s Bob: two"
                    .formatted(second.substring(0, 10), second, second.substring(11)));
  }

  @Test
  void namesWithoutCapitalsAreThoseOfPeopleWhereWhatsAppSpeaks() {
    String text =
        "[01.05.24, 10:00:12] ann: \u200eMessages are encrypted.\n[01.05.24, 10:00:14] bob: hi\n";

    assertThat(shown(extract("_chat.txt", text)))
        .isEqualTo(
            "_chat.txt!/2024-05-01 2024-05-01 10:00 ann, bob: "
                + "10:00 ann: Messages are encrypted./10:00 bob: hi");
  }

  @Test
  void whatFollowsALineOfWhatsAppBelongsToIt() {
    String text =
        """
        01.05.24, 09:59 - Messages are encrypted.
        01.05.24, 10:00 - Ann: a list
        - of two

        and more
        01.05.24, 10:01 - Bob: <Media omitted>
        """;

    assertThat(shown(extract("_chat.txt", text)))
        .isEqualTo(
            "_chat.txt!/2024-05-01 2024-05-01 09:59-10:01 WhatsApp, Ann, Bob: "
                + "09:59 WhatsApp: Messages are encrypted./"
                + "10:00 Ann: a list/- of two//and more/10:01 Bob: <Media omitted>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[2024-05-01 10:00:12] local.ERROR: no such table;[2024-05-01 10:00:13] local.INFO: retried",
        "[2024-05-01 10:00:12] [main] INFO: started;[2024-05-01 10:00:13] [main] WARN: slow",
        "[2024-05-01 10:00:12] sshd[812]: accepted;[2024-05-01 10:00:14] sshd[812]: closed",
        "[2024-05-01 10:00:12] server: started;[2024-05-01 10:00:14] worker-1: stopped",
        "[01/05/2024 10:00:12] main: started;[01/05/2024 10:00:14] worker-1: stopped",
        "[5/1/2024, 10:00:12 AM] main: started;[5/1/2024, 10:00:14 AM] main: stopped",
        "[01/05/2024 10:00:12] GET /index: 200;[01/05/2024 10:00:14] POST /form: 302",
        "[01/05/2024 10:00:12] src/main.c: compiled;[01/05/2024 10:00:14] src/list.c: compiled",
        "01.05.2024 10:00:12 - level=info msg: up;01.05.2024 10:00:14 - level=info msg: down",
      })
  void aLogIsNoChat(String lines) {
    String text = lines.replace(';', '\n') + "\n";

    assertThat(shown(extract("output.txt", text)))
        .isEqualTo("output.txt 1-2: " + text.replace('\n', '/'));
  }
}
