package brimful.extract.charset;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MixedLinesTest {
  private static byte[] lines(String old, String oldCharset, int olds, String young, int youngs) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes("an ASCII line\n".getBytes(UTF_8));
    for (int i = 0; i < Math.max(olds, youngs); i++) {
      if (i < olds) {
        bytes.writeBytes((old + "\n").getBytes(Charset.forName(oldCharset)));
      }
      if (i < youngs) {
        bytes.writeBytes((young + "\n").getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "naïve café | windows-1252 | 1 | größer | 1",
        "naïve café | windows-1252 | 1 | größer für Äpfel | 9",
        "naïve café | windows-1252 | 20 | größer für Äpfel | 1",
        "Бригада подписала договор | windows-1251 | 5 | цена пять рублей | 5",
        "Zażółć gęślą jaźń w środę | windows-1250 | 3 | 设备手册 | 8"
      })
  void readsEachLineInItsOwn(String old, String charset, int olds, String young, int youngs) {
    String text = shown(extract("a.log", lines(old, charset, olds, young, youngs)));

    assertThat(text).contains("an ASCII line/", old, young).doesNotContain("\uFFFD", "\u00c3");
  }

  @Test
  void leavesTextOfOneEncodingAlone() {
    byte[] young = lines("", "UTF-8", 0, "gr\u00f6\u00dfer f\u00fcr \u00c4pfel", 5);
    byte[] old = lines("gr\u00f6\u00dfer f\u00fcr \u00c4pfel", "windows-1252", 5, "", 0);
    byte[] chinese = lines("\u8bbe\u5907\u624b\u518c\u8d28\u91cf", "GBK", 5, "", 0);
    byte[] dos = lines("\u0442\u043e\u043c", "IBM866", 5, "", 0);

    for (byte[] bytes : new byte[][] {young, old, chinese, dos}) {
      var scan = ByteScan.of(bytes);

      assertThat(MixedLines.decoded(bytes, bytes.length, scan, Charsets.of(bytes, scan))).isEmpty();
    }
  }
}
