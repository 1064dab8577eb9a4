package brimful.extract.charset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameCharsetsTest {
  @ParameterizedTest
  @CsvSource({
    "IBM850,für.txt",
    "IBM850,Übersicht.txt",
    "IBM437,Größe und Maße.xlsx",
    "IBM850,Bücher/Ärzte/Öl.md",
    "IBM850,año/Señor Ñandú.doc",
    "IBM850,São Paulo/ação.pdf",
    "IBM850,Café/déjà vu/Éléonore.txt",
    "IBM850,blåbær/smørbrød/Ærø.txt",
    "IBM850,Þórður/æfing.txt",
    "IBM852,zażółć gęślą jaźń.txt",
    "IBM852,Łódź/źródło.txt",
    "IBM852,příloha č. 2.pdf",
    "IBM866,Договор.txt",
    "IBM866,ОТЧЕТ за год/приложение №2.doc",
    "IBM857,yeni klasör/çalışma raporu ğ.txt",
    "IBM737,Αναφορά έργου.txt",
    "windows-1252,für Größe.txt",
    "windows-1252,Angebot – „neu“ Müller.pdf",
    "windows-1252,résumé.doc",
    "windows-1251,Договор аренды.txt",
    "windows-1251,Відповідь з додатком.txt",
    "windows-31j,新しいフォルダー/資料.txt",
    "windows-31j,報告書.txt",
    "windows-31j,仕様表ソフト.txt",
    "GBK,设备.txt",
    "GBK,新建文件夹/数据报告.txt",
    "GBK,合同模板.docx",
    "Big5,新增資料夾/會議紀錄.txt",
    "x-windows-949,새 폴더/보고서.txt",
    "x-windows-949,한국어 문서.txt",
    "windows-1253,Αναφορά έργου.txt",
    "windows-1255,מסמך חדש.txt",
    "windows-1256,مجلد جديد/تقرير.txt",
    "x-windows-874,รายงาน.txt",
    "KOI8-R,Новая папка/отчет.txt"
  })
  void readsNamesAsTheyWereWritten(String charset, String name) {
    byte[] bytes = name.getBytes(Charset.forName(charset));

    assertThat(read(bytes)).isEqualTo(name);
  }

  @Test
  void namesOfOneArchiveHelpEachOther() {
    byte[] polish = "zażółć.txt".getBytes(Charset.forName("IBM852"));
    byte[] vague = "ó.txt".getBytes(Charset.forName("IBM852"));

    Charset charset = NameCharsets.of(List.of(vague, polish), true).orElseThrow();

    assertThat(new String(vague, charset)).isEqualTo("ó.txt");
  }

  @Test
  void oneNameOfAnotherEncodingDoesNotSpoilTheOthers() {
    Charset cyrillic = Charset.forName("windows-1251");
    byte[] stranger = {'x', (byte) 0x98, '.', 't', 'x', 't'};

    assertThat(NameCharsets.of(List.of("Договор аренды.txt".getBytes(cyrillic), stranger), false))
        .contains(cyrillic);
  }

  @Test
  void leavesBytesAloneThatReadAsNothing() {
    byte[] noise = "a\u00b1\u00b2\u0001\u00fe\u00ff\u00a4\u00b3x".getBytes(ISO_8859_1);

    assertThat(NameCharsets.of(List.of(noise), true)).isEmpty();
  }

  @Test
  void looksAtABoundedPart() {
    byte[][] names = new byte[100_000][];
    Arrays.fill(names, "größe.txt".getBytes(Charset.forName("IBM850")));

    assertThat(NameCharsets.of(Arrays.asList(names), true)).contains(Charset.forName("IBM850"));
  }

  private static String read(byte[] bytes) {
    return NameCharsets.of(List.of(bytes), true)
        .map(charset -> new String(bytes, charset))
        .orElse("nothing");
  }
}
