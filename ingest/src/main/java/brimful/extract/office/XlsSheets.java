package brimful.extract.office;

import brimful.extract.office.cell.CellText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FormatRecord;
import org.apache.poi.hssf.usermodel.HSSFCell;
import org.apache.poi.hssf.usermodel.HSSFChart;
import org.apache.poi.hssf.usermodel.HSSFComment;
import org.apache.poi.hssf.usermodel.HSSFShape;
import org.apache.poi.hssf.usermodel.HSSFShapeGroup;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFTextbox;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.HeaderFooter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellAddress;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/// Writes the sheets of an XLS workbook. Not thread-safe.
final class XlsSheets {
  private final HSSFWorkbook workbook;
  private final SheetText text;
  private final Losses losses;
  private final CellText numbers;

  /// The format of each style. POI's own count goes wrong where other records lie between them.
  private final List<Integer> styles = new ArrayList<>();

  private final Map<Integer, String> codes = new HashMap<>();

  XlsSheets(HSSFWorkbook workbook, SheetText text, Losses losses) {
    this.workbook = workbook;
    this.text = text;
    this.losses = losses;
    numbers = new CellText(workbook.getInternalWorkbook().isUsing1904DateWindowing());
    for (var entry : workbook.getInternalWorkbook().getRecords()) {
      if (entry instanceof ExtendedFormatRecord style) {
        styles.add((int) style.getFormatIndex());
      } else if (entry instanceof FormatRecord format) {
        codes.put(format.getIndexCode(), format.getFormatString());
      }
    }
  }

  void write() throws SAXException {
    for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
      losses.part();
      String name = workbook.getSheetName(i);
      text.sheet(name, workbook.isSheetHidden(i) || workbook.isSheetVeryHidden(i));
      try {
        rows(workbook.getSheetAt(i));
        beside(workbook.getSheetAt(i));
      } catch (RuntimeException e) {
        // POI's many ways of failing at damaged records.
        losses.lost("sheet " + name, e);
      }
    }
  }

  private void rows(HSSFSheet sheet) throws SAXException {
    Map<CellAddress, HSSFComment> comments = new TreeMap<>(sheet.getCellComments());
    for (Row row : sheet) {
      text.row(row.getRowNum() + 1);
      for (Cell cell : row) {
        String comment = shown(comments.remove(cell.getAddress()));
        String value = value((HSSFCell) cell, type((HSSFCell) cell));
        text.cell(cell.getColumnIndex() + 1, (value + " " + comment).strip());
      }
      text.endRow();
    }
    for (var comment : comments.entrySet()) {
      text.beside((comment.getKey() + " " + shown(comment.getValue())).strip());
    }
  }

  private static CellType type(HSSFCell cell) {
    return cell.getCellType() == CellType.FORMULA
        ? cell.getCachedFormulaResultType()
        : cell.getCellType();
  }

  private static String shown(@Nullable HSSFComment comment) {
    return comment == null || comment.getString() == null
        ? ""
        : XlsxComments.shown(String.valueOf(comment.getAuthor()), comment.getString().getString());
  }

  private void beside(HSSFSheet sheet) throws SAXException {
    for (var link : sheet.getHyperlinkList()) {
      text.link(new CellAddress(link.getFirstRow(), link.getFirstColumn()), link.getAddress());
    }
    if (sheet.getDrawingPatriarch() != null) {
      shapes(sheet.getDrawingPatriarch());
    }
    for (HSSFChart chart : HSSFChart.getSheetCharts(sheet)) {
      text.beside(String.valueOf(chart.getChartTitle()).replaceFirst("^null$", ""));
      for (var series : chart.getSeries()) {
        text.beside(String.valueOf(series.getSeriesTitle()).replaceFirst("^null$", ""));
      }
    }
    for (HeaderFooter margin : List.of(sheet.getHeader(), sheet.getFooter())) {
      text.margin(String.join(" ", margin.getLeft(), margin.getCenter(), margin.getRight()));
    }
  }

  private void shapes(Iterable<HSSFShape> shapes) throws SAXException {
    for (HSSFShape shape : shapes) {
      if (shape instanceof HSSFShapeGroup group) {
        shapes(group);
      } else if (shape instanceof HSSFTextbox box
          && !(shape instanceof HSSFComment)
          && box.getString() != null) {
        text.beside(box.getString().getString());
      }
    }
  }

  private String value(HSSFCell cell, CellType type) {
    return switch (type) {
      case NUMERIC -> {
        int style = cell.getCellStyle().getIndex();
        int format = style < styles.size() ? styles.get(style) : 0;
        yield numbers.number(cell.getNumericCellValue(), format, code(format));
      }
      case STRING -> cell.getStringCellValue();
      case BOOLEAN -> cell.getBooleanCellValue() ? "TRUE" : "FALSE";
      case ERROR ->
          FormulaError.isValidCode(cell.getErrorCellValue())
              ? FormulaError.forInt(cell.getErrorCellValue()).getString()
              : "#ERROR";
      default -> "";
    };
  }

  private String code(int format) {
    return codes.getOrDefault(format, CellText.builtIn(format));
  }
}
