package brimful.extract.office;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Locator;
import brimful.extract.Extraction;
import brimful.extract.Samples;
import brimful.extract.Section;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

final class SheetsTest {
  private static final String SHEET =
      """
      <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>
      """;

  @Test
  void placesEachRowAndKeepsTheHeaderRow() throws IOException {
    for (Workbook workbook : List.of(new XSSFWorkbook(), new HSSFWorkbook())) {
      String name = workbook instanceof XSSFWorkbook ? "a.xlsx" : "a.xls";
      Extraction extraction = extract(name, costs(workbook));

      assertThat(shown(extraction))
          .isEqualTo(
              """
              Costs {Item | Due |  | Price}
              sheet Costs!A1: Plan
              sheet Costs!A3:D3: Item | Due |  | Price
              sheet Costs!A4:D4: tea | 2024-05-01 |  | 3.50
              sheet Costs!A7:D7: milk |  |  | TRUE
              Q1 old {(hidden)}
              sheet 'Q1 old'!A2:B2:  | none\
              """);
      assertThat(outcome(extraction)).isEqualTo("indexed");
    }
  }

  private static byte[] costs(Workbook workbook) throws IOException {
    var sheet = workbook.createSheet("Costs");
    row(sheet.createRow(0), "Plan");
    row(sheet.createRow(2), "Item", "Due", "", "Price");
    Row tea = row(sheet.createRow(3), "tea");
    var date = workbook.createCellStyle();
    date.setDataFormat((short) 14);
    Cell due = tea.createCell(1);
    due.setCellValue(LocalDate.of(2024, 5, 1));
    due.setCellStyle(date);
    var amount = workbook.createCellStyle();
    amount.setDataFormat((short) 2);
    Cell price = tea.createCell(3);
    price.setCellValue(3.5);
    price.setCellStyle(amount);
    row(sheet.createRow(6), "milk").createCell(3).setCellValue(true);
    workbook.createSheet("Q1 old").createRow(1).createCell(1).setCellValue("none");
    workbook.setSheetVisibility(1, SheetVisibility.VERY_HIDDEN);
    try (var out = new ByteArrayOutputStream()) {
      workbook.write(out);
      workbook.close();
      return out.toByteArray();
    }
  }

  private static Row row(Row row, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      if (!cells[i].isEmpty()) {
        row.createCell(i).setCellValue(cells[i]);
      }
    }
    return row;
  }

  @Test
  void readsDatesOfOldMacsFormulasAndNoPhoneticGuides() {
    String cells =
        """
        <row r="1"><c r="A1" s="1"><v>43951</v></c><c r="B1"><f>SUM(C1:C2)</f></c><c r="C1" s="1"><v>43951.25</v></c>
        <c r="D1" t="inlineStr"><is><r><t>東京</t></r><rPh><t>トウキョウ</t></rPh></is></c><c r="E1" t="s"><v>0</v></c></row>
        """;
    byte[] book =
        book(
            Map.of(
                "xl/worksheets/sheet1.xml", SHEET.formatted(cells),
                "xl/sharedStrings.xml",
                    "<sst><si><t>日本</t><rPh sb=\"0\" eb=\"1\"><t>ニホン</t></rPh></si></sst>",
                "xl/styles.xml",
                    "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"));

    assertThat(shown(extract("a.xlsx", book)))
        .isEqualTo(
            "予算\nsheet 予算!A1:E1: 2024-05-01 00:00 | =SUM(C1:C2) | 2024-05-01 06:00 | 東京 | 日本");
  }

  @Test
  void readsTheOtherSheetsOfABrokenWorkbook() {
    byte[] book =
        book(
            Map.of(
                "xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row r=\"2\"><c r=\"A2\"><v>7</v></c></row><row"));
    Extraction extraction = extract("a.xlsx", book);

    assertThat(shown(extraction)).isEqualTo("予算\nsheet 予算!A2: 7");
    assertThat(outcome(extraction))
        .startsWith("truncated: ")
        .endsWith("(xl/worksheets/sheet1.xml cannot be read)");
  }

  private static byte[] book(Map<String, String> parts) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put(
        "[Content_Types].xml",
        """
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>
        """
            .getBytes(UTF_8));
    all.put(
        "_rels/.rels",
        """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """
            .getBytes(UTF_8));
    all.put(
        "xl/workbook.xml",
        "<workbook><workbookPr date1904=\"true\"/><sheets><sheet name=\"予算\" sheetId=\"1\"/></sheets></workbook>"
            .getBytes(UTF_8));
    parts.forEach((name, content) -> all.put(name, content.getBytes(UTF_8)));
    return Samples.zip(all);
  }

  @Test
  void namesSheetsOfOpenDocuments() {
    String content =
        """
        <d xmlns:table="urn:t" xmlns:text="urn:x" xmlns:office="urn:o" xmlns:dc="urn:d">
        <table:table table:name="Budget 2024"><table:table-row><table:table-cell><text:p>Head</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="2"><text:p>same</text:p></table:table-cell>
        <table:table-cell office:date-value="2024-05-01"><text:p>01.05.24</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="16380"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>
        <table:table-row><table:table-cell office:value="5"/><table:covered-table-cell/><table:table-cell
        table:formula="of:=SUM([.B1:.B2])"/><table:table-cell><text:p>x</text:p><office:annotation><dc:creator>Mia</dc:creator>
        <dc:date>2024</dc:date><text:p>why</text:p></office:annotation></table:table-cell></table:table-row></table:table></d>
        """;
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("mimetype", "application/vnd.oasis.opendocument.spreadsheet".getBytes(UTF_8));
    parts.put("content.xml", content.getBytes(UTF_8));

    assertThat(shown(extract("a.ods", Samples.zip(parts))))
        .isEqualTo(
            """
            Budget 2024
            sheet 'Budget 2024'!A1:D1: Head | same | same | 2024-05-01
            sheet 'Budget 2024'!A1048002:D1048002: 5 |  | =SUM(B1:B2) | x [comment by Mia: why]\
            """);
  }

  /// Returns each sheet's name and heading, and its lines with their places.
  private static String shown(Extraction extraction) {
    return extraction.texts().stream()
        .flatMap(text -> text.sections().stream())
        .map(SheetsTest::shown)
        .collect(joining("\n"));
  }

  private static String shown(Section section) {
    String name = ((Locator.Sheet) section.locator()).name();
    var shown = new StringBuilder(name);
    if (!section.heading().isEmpty()) {
      shown.append(" {").append(section.heading()).append('}');
    }
    List<String> lines = section.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      shown
          .append('\n')
          .append(section.places().get(i).display())
          .append(": ")
          .append(lines.get(i));
    }
    return shown.toString();
  }
}
