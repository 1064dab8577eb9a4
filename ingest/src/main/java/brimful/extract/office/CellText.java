package brimful.extract.office;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;

/// Numbers of cells as their format shows them, but dates as ISO dates: `5/1/24` is May to some
/// readers and January to others. Not thread-safe.
final class CellText {
  private static final double PLAIN_MAX = 1e15;
  private static final double PLAIN_MIN = 1e-9;
  private static final MathContext EXCEL = new MathContext(15);

  private final DataFormatter formatter = new DataFormatter(Locale.ROOT);
  private final boolean from1904;

  /// @param from1904 whether day 0 is the first of January 1904, as in workbooks of old Macs
  CellText(boolean from1904) {
    this.from1904 = from1904;
  }

  /// @param index the number of the format
  /// @param format its code, such as `yyyy-mm-dd`
  String number(double value, int index, String format) {
    if (format.isBlank() || format.equalsIgnoreCase("General") || format.equals("@")) {
      return general(value);
    }
    boolean elapsed = format.contains("[h") || format.contains("[m") || format.contains("[s");
    if (!elapsed && DateUtil.isADateFormat(index, format) && DateUtil.isValidExcelDate(value)) {
      return date(value, format);
    }
    return formatter.formatRawCellContents(value, index, format, from1904).strip();
  }

  private static String general(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(EXCEL).stripTrailingZeros();
    double size = Math.abs(value);
    boolean plain = size == 0 || (size < PLAIN_MAX && size >= PLAIN_MIN);
    return plain ? rounded.toPlainString() : rounded.toString();
  }

  private String date(double value, String format) {
    String codes = format.toLowerCase(Locale.ROOT).replaceAll("\"[^\"]*\"|\\\\.|\\[[^\\]]*\\]", "");
    LocalDateTime at = DateUtil.getLocalDateTime(value, from1904, codes.contains("s"));
    boolean day = codes.contains("y") || codes.contains("d");
    boolean time = codes.contains("h") || codes.contains("s");
    boolean month = codes.contains("m") && !time;
    String clock = codes.contains("s") ? "HH:mm:ss" : "HH:mm";
    if (!day && !month) {
      return DateTimeFormatter.ofPattern(clock, Locale.ROOT).format(at);
    }
    return DateTimeFormatter.ofPattern(time ? "yyyy-MM-dd " + clock : "yyyy-MM-dd", Locale.ROOT)
        .format(at);
  }
}
