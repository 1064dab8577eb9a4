package brimful.extract.charset;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EbcdicTest {
  private static final String CODE =
      "if (table[row] != '|') { total = prices[row] + taxes[row]; }\nReturn the whole total!\n";

  @ParameterizedTest
  @ValueSource(strings = {"IBM037", "IBM500", "IBM1047"})
  void punctuationTellsTheCodePage(String page) {
    byte[] bytes = CODE.repeat(5).getBytes(Charset.forName(page));

    assertThat(Ebcdic.of(bytes)).contains(Charset.forName(page));
    assertThat(shown(extract("report.txt", bytes))).contains(CODE.strip().replace("\n", "/"));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, The quarterly report @ home of the whole company",
    "UTF-8, 第一季度报告显示公司收入增长百分之十",
    "GBK, 第一季度报告显示公司收入增长百分之十",
    "windows-31j, 会社の第一四半期報告書によると売上高は増加した",
    "windows-1251, Отчёт компании за первый квартал этого года",
    "KOI8-R, Отчёт компании за первый квартал этого года",
    "IBM866, Отчёт компании за первый квартал этого года",
    "UTF-16LE, The quarterly report of the whole company",
    "windows-1256, تقرير الشركة عن الربع الأول من هذا العام"
  })
  void otherTextIsNotTakenForIt(String charset, String text) {
    assertThat(Ebcdic.of(text.repeat(20).getBytes(Charset.forName(charset)))).isEmpty();
  }

  @Seeds
  void randomBytesAreNotTakenForIt(long seed) {
    byte[] bytes = new byte[4_000];
    new Random(seed).nextBytes(bytes);

    assertThat(Ebcdic.of(bytes)).isEqualTo(Optional.empty());
  }

  @Test
  void shortLinesAreTextToo() {
    byte[] bytes = "MAY 12\nJUNE 3\n".repeat(20).getBytes(Charset.forName("IBM037"));

    assertThat(shown(extract("a.txt", bytes))).contains("MAY 12/JUNE 3/MAY 12");
  }
}
