package brimful.extract.text;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Locator;
import brimful.extract.Section;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TranscriptTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[00:00:10] Ann Lee: one;[00:03:10] Bob: two;[00:06:10] Ann Lee: three",
        "00:00:10 Ann Lee: one;00:03:10 Bob: two;00:06:10 Ann Lee: three",
        "0:10 - Ann Lee: one;3:10 - Bob: two;6:10 - Ann Lee: three",
        "Ann Lee (0:10): one;Bob (3:10): two;Ann Lee (6:10): three",
        "Ann Lee  0:10;one;;Bob  3:10;two;;Ann Lee  6:10;three",
        "[Ann Lee] 00:00:10;one;[Bob] 00:03:10;two;[Ann Lee] 00:06:10;three",
        "00:00:10 From Ann Lee to Everyone:;\tone;00:03:10 From Bob to Everyone:;\ttwo;"
            + "00:06:10 From Ann Lee to Everyone:;\tthree",
        "00:00:10\t From  Ann Lee : one;00:03:10\t From  Bob : two;00:06:10\t From  Ann Lee : three",
        "0:0:10.0 --> 0:0:12.5;Ann Lee;one;0:3:10.0 --> 0:3:12.5;Bob;two;0:6:10.0 --> 0:6:11.0;Ann Lee;three",
      })
  void readsTheFormsOfManyPrograms(String lines) {
    var export = extract("meeting.txt", lines.replace(';', '\n') + "\n");

    assertThat(shown(export))
        .isEqualTo("meeting.txt 00:00:10-00:06:10: Ann Lee: one/Bob: two/Ann Lee: three");
    assertThat(outcome(export)).isEqualTo("indexed");
  }

  @Test
  void keepsWhatStandsAboveAndBelowAndPlacesEachLine() {
    String text =
        """
        Project meeting

        [00:10] Ann: one
        [01:02:03] Bob: two
          and more
        [01:02:05] Ann: three
        """;

    Section section = extract("m.txt", text).texts().getFirst().sections().getFirst();

    assertThat(section.text())
        .isEqualTo("Project meeting\nAnn: one\nBob: two\nand more\nAnn: three");
    assertThat(section.places())
        .containsExactly(
            new Locator.Time(0, 0),
            new Locator.Time(10, 3723),
            new Locator.Time(3723, 3725),
            new Locator.Time(3723, 3725),
            new Locator.Time(3725, 3725));
  }

  @Test
  void readsTheDocumentThatTeamsWrites() throws IOException {
    var word = new XWPFDocument();
    for (String line :
        List.of("Ann Lee   0:10", "one", "Bob   3:10", "two", "Ann Lee   6:10", "three")) {
      word.createParagraph().createRun().setText(line);
    }
    var bytes = new ByteArrayOutputStream();
    word.write(bytes);

    assertThat(shown(extract("meeting.docx", bytes.toByteArray())))
        .isEqualTo("meeting.docx 00:00:10-00:06:10: Ann Lee: one/Bob: two/Ann Lee: three");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[10:00:01] main: started;[10:00:02] worker: up;[10:00:03] main: stopped",
        "10:00:01 INFO: started;10:00:02 WARN: slow;10:00:03 INFO: stopped",
        "[10:00:01] HttpServer: started;[10:00:02] JobQueue: up;[10:00:03] HttpServer: stopped",
        "Lunch  12:30;Talk  13:10;Lunch  14:30;Talk  15:30",
        "Genesis 1:10;And;Genesis 1:11;And;Genesis 1:12;And",
        "Intro  3:10;A song;Middle  2:10;A song;Intro  1:10;A song",
        "[00:10] Ann: one;[00:20] Bob: two",
        "[00:10] Ann: one;[00:20] Bob: two;[00:30] Ann: three;a;long;text;that;is;about;more",
      })
  void whatOnlyLooksLikeOneStaysAsItIs(String lines) {
    String text = lines.replace(';', '\n') + "\n";

    assertThat(shown(extract("m.txt", text)))
        .isEqualTo("m.txt 1-" + text.lines().count() + ": " + text.replace('\n', '/'));
  }
}
