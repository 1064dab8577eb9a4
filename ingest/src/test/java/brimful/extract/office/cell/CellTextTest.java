package brimful.extract.office.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CellTextTest {
  private static final int CUSTOM = 200;

  private final CellText cells = new CellText(false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "42 | \"Nr. \"000000 | Nr. 000042",
        "7.5 | 0.0\" Std.\" | 7.5 Std.",
        "3 | \"approx. \"0 | approx. 3",
        "0.5 | \"ca. \"0% | ca. 50%",
        "5 | \"100%-\"0 | 100%-5",
        "5 | 0\"‰\" | 5‰",
        "5 | \"#\"0 | #5",
        "100 | \"Total: \"@ | Total: 100",
        "2.5 | @\" kg\" | 2.5 kg",
        "5 | \"a@b \"0 | a@b 5",
        "5 | 0\\' | 5'",
        "12 | 0\\.0 | 1.2",
        "12345 | 0.0, | 12.3",
        "12345678 | 0.0,,\"M\" | 12.3M",
        "1234567 | #,##0.00,, | 1.23",
        "12345678 | #,##0.0,\\ \"T€\" | 12,345.7 T€",
        "2500000 | [>=1000000]0.0,,\"M\";[>=1000]0.0,\"k\";0 | 2.5M",
        "1500 | [>=1000000]0.0,,\"M\";[>=1000]0.0,\"k\";0 | 1.5k",
        "7 | [>=1000000]0.0,,\"M\";[>=1000]0.0,\"k\";0 | 7",
        "1 | [=1]0\" day\";0\" days\" | 1 day",
        "1234567890 | (000) 000-0000 | (123) 456-7890",
        "12345 | ##0.0E+0 | 12.3E+3",
        "5 | 0.0\"E\" | 5.0E",
        "5 | General\" kg\" | 5 kg",
        "5.5 | General\\ \"kg\" | 5.5 kg",
        "0 | 0;-0;\"zero\" | zero",
        "-1234 | #,##0;[Red]\\(#,##0\\) | (1,234)",
        "1234.5 | _-* #,##0.00\\ \"€\"_- | 1,234.50 €",
        "1.005 | 0.00 | 1.01",
        "2.675 | #,##0.00 | 2.68",
        "0.285 | 0% | 29%",
        "1234567 | # ### ##0 | 1 234 567",
        "2.25 | # ?/? | 2 1/4",
      })
  void showsNumbersAsExcelDoes(double value, String format, String shown) {
    assertThat(cells.number(value, CUSTOM, format)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5 | \"M\"0 | M5",
        "5 | \\d0 | d5",
        "5 | 0\"yd\" | 5yd",
        "5 | \"Day \"0 | Day 5",
        "45413 | [$-411]ggge\"年\"m\"月\"d\"日\" | 2024-05-01",
        "45413 | ge.m.d | 2024-05-01",
        "45413 | aaaa | 2024-05-01",
        "45413.5 | yyyy\"年\"m\"月\"d\"日\"\\ h\"时\" | 2024-05-01 12:00",
        "45413 | [$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy | 2024-05-01",
        "45413 | dd.mm.yyyy;@ | 2024-05-01",
        "0.5 | h:mm AM/PM | 12:00",
        "0.52 | hh:mm:ss.0 | 12:28:48",
        "1.5 | [h]:mm | 36:00",
      })
  void tellsDatesFromNumbers(double value, String format, String shown) {
    assertThat(cells.number(value, CUSTOM, format)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "31, 45413, 2024-05-01",
    "57, 45413, 2024-05-01",
    "32, 0.75, 18:00",
    "14, 45413, 2024-05-01",
    "58, -3, -3"
  })
  void knowsTheDatesThatExcelHasBuiltIn(int index, double value, String shown) {
    assertThat(cells.number(value, index, CellText.builtIn(index))).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {";;;", "\"\"", "[", "*", "\"", "#,##0.#,##0.0.", "[>]0"})
  void losesNoNumberToItsFormat(String format) {
    assertThat(cells.number(5.25, CUSTOM, format)).contains("5");
  }

  @Test
  void ignoresFormatsThatAreLongerThanAnyOfExcel() {
    assertThat(cells.number(5.25, CUSTOM, "0".repeat(256))).isEqualTo("5.25");
  }

  @ParameterizedTest
  @CsvSource({
    "-1.5, 14, m/d/yy, -1.5",
    "-1.5, 200, yyyy-mm-dd, -1.5",
    "-0.5, 200, [h]:mm, -0.5",
    "-0.5, 46, [h]:mm:ss, -0.5",
    "-2, 20, h:mm, -2",
  })
  void showsWhatNoDateCanHaveAsANumber(double value, int index, String format, String shown) {
    assertThat(cells.number(value, index, format)).isEqualTo(shown);
  }
}
