package brimful.extract.office.cell;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.poi.ss.format.CellFormat;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;

/// Numbers of cells as their format shows them, but dates as ISO dates: `5/1/24` is May to some
/// readers and January to others. A value that its format hides is shown without it.
///
/// POI has two formatters. [DataFormatter] is fast, and right for codes without words, scales and
/// conditions; of others it drops words and digits. [CellFormat] knows them. Not thread-safe.
public final class CellText {
  private static final double PLAIN_MAX = 1e15;
  private static final double PLAIN_MIN = 1e-9;
  private static final MathContext EXCEL = new MathContext(15);

  /// Excel takes no longer code.
  private static final int CODE_CHARACTERS_MAX = 255;

  /// Stands for a code that only Excel knows, and that depends on its language.
  private static final String ASIAN_DATE = "date";

  private static final Pattern SIMPLE = Pattern.compile("(?:#,##)?0{1,15}(?:\\.0{1,15})?%?");
  private static final Pattern ELAPSED = Pattern.compile("\\[(?:h+|m+|s+)]");

  /// `General` outside of quotes.
  private static final Pattern GENERAL = Pattern.compile("(?i)(?<![\"\\w])General(?!\\w)");

  /// `@` outside of quotes, which shows a number as a text.
  private static final Pattern AS_TEXT =
      Pattern.compile("(?<!\\\\)@(?=(?:[^\"]*\"[^\"]*\")*+[^\"]*+$)");

  private final DataFormatter formatter = new DataFormatter(Locale.ROOT);
  private final boolean from1904;

  /// @param from1904 whether day 0 is the first of January 1904, as in workbooks of old Macs
  public CellText(boolean from1904) {
    this.from1904 = from1904;
  }

  /// Returns the code of a format that a file does not define.
  public static String builtIn(int index) {
    if (DateCode.isAsian(index)) {
      return ASIAN_DATE;
    }
    String code = BuiltinFormats.getBuiltinFormat(index);
    return code == null ? "General" : code;
  }

  /// @param index the number of the format
  /// @param format its code, such as `yyyy-mm-dd`
  public String number(double value, int index, String format) {
    boolean plain = format.isBlank() || format.equalsIgnoreCase("General") || format.equals("@");
    if (plain || format.length() > CODE_CHARACTERS_MAX) {
      return general(value);
    }
    if (ELAPSED.matcher(format).find() || SIMPLE.matcher(format).matches()) {
      return formatter.formatRawCellContents(value, index, format, from1904).strip();
    }
    boolean asian = format.equals(ASIAN_DATE);
    if (!asian && !DateCode.isDate(index, format)) {
      return formatted(value, format);
    }
    if (!DateUtil.isValidExcelDate(value)) {
      // Excel shows only hashes, and POI a day of 1903.
      return general(value);
    }
    return date(
        value, asian ? new DateCode(value >= 1, value % 1 != 0, false) : DateCode.of(format));
  }

  private static String general(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(EXCEL).stripTrailingZeros();
    return isPlain(value) ? rounded.toPlainString() : rounded.toString();
  }

  private static boolean isPlain(double value) {
    double size = Math.abs(value);
    return size == 0 || (size < PLAIN_MAX && size >= PLAIN_MIN);
  }

  private static String formatted(double value, String format) {
    String code = format;
    if (isPlain(value)) {
      String digits = value % 1 == 0 ? "0" : "0.##############";
      code = code.contains(";") ? code : AS_TEXT.matcher(code).replaceAll(digits);
      code = GENERAL.matcher(code).replaceAll(digits);
    }
    try {
      String text = CellFormat.getInstance(Locale.ROOT, code).apply((Double) value).text.strip();
      return text.isEmpty() ? general(value) : text;
    } catch (RuntimeException e) {
      // POI throws anything of the kind at a code that it cannot read.
      return general(value);
    }
  }

  private String date(double value, DateCode code) {
    LocalDateTime at = DateUtil.getLocalDateTime(value, from1904, code.seconds());
    String clock = code.seconds() ? "HH:mm:ss" : "HH:mm";
    if (!code.day()) {
      return DateTimeFormatter.ofPattern(clock, Locale.ROOT).format(at);
    }
    return DateTimeFormatter.ofPattern(
            code.time() ? "yyyy-MM-dd " + clock : "yyyy-MM-dd", Locale.ROOT)
        .format(at);
  }
}
