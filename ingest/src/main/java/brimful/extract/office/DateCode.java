package brimful.extract.office;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;

/// What a format of dates shows. POI takes `"M"0` for a month, and an era's year for a number.
///
/// @param day whether it shows a day, month or year
/// @param time whether it shows a time of the day
/// @param seconds whether it shows seconds
record DateCode(boolean day, boolean time, boolean seconds) {
  /// What is written as it is, or not at all: quoted and escaped text, colours, languages, blanks.
  private static final Pattern LITERAL =
      Pattern.compile("\"[^\"]*+\"|\\\\.|\\[[^]]*+]|[_*].|am/pm|a/p|上午/下午");

  /// Letters of dates, and what Chinese, Japanese and Korean formats have between them.
  private static final Pattern ONLY_DATE = Pattern.compile("[ymdhsegba年月日時时分秒년월일시분초\\-/,.:\\s']+");

  private static final Pattern LETTER = Pattern.compile("[ymdhsegba]");
  private static final Pattern DAY = Pattern.compile("[ydegba]");

  private static final Pattern FRACTION_OF_SECONDS = Pattern.compile("s[.,]0+");

  /// Returns whether Excel has built in a date of Chinese, Japanese and Korean with this number; a
  /// file has no code of it.
  static boolean isAsian(int index) {
    return (index >= 27 && index <= 36) || (index >= 50 && index <= 58);
  }

  static boolean isDate(int index, String format) {
    String bare = bare(format);
    return DateUtil.isInternalDateFormat(index)
        || (ONLY_DATE.matcher(bare).matches() && LETTER.matcher(bare).find());
  }

  static DateCode of(String format) {
    String bare = bare(format);
    boolean seconds = bare.contains("s");
    boolean time = seconds || bare.contains("h");
    boolean day = DAY.matcher(bare).find() || (bare.contains("m") && !time);
    return new DateCode(day, time, seconds);
  }

  /// Returns the first of its sections, without literal text.
  private static String bare(String format) {
    String letters = LITERAL.matcher(format.toLowerCase(Locale.ROOT)).replaceAll("");
    int end = letters.indexOf(';');
    String first = end < 0 ? letters : letters.substring(0, end);
    return FRACTION_OF_SECONDS.matcher(first).replaceAll("s").strip();
  }
}
