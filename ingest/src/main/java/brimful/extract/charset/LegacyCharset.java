package brimful.extract.charset;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;

/// The encodings that text was written in before Unicode, and the languages each was used for.
///
/// One table. The surcharge, in bits, is how much better a rarer encoding has to fit than
/// Windows-1252. Where one encoding contains another, only the larger is here: Windows-1252 for
/// ISO-8859-1, GB18030 for GBK and GB2312, Windows-31J for Shift_JIS, Windows-949 for EUC-KR.
enum LegacyCharset {
  WINDOWS_1252("windows-1252", 0, "en de fr es pt it nl sv da no fi is ca et"),
  WINDOWS_1251("windows-1251", 4, "ru uk be bg sr"),
  WINDOWS_1250("windows-1250", 3, "pl cs sk hu sl hr ro de"),
  WINDOWS_1253("windows-1253", 4, "el"),
  WINDOWS_1254("windows-1254", 3, "tr"),
  WINDOWS_1255("windows-1255", 4, "he"),
  WINDOWS_1256("windows-1256", 4, "ar fa"),
  WINDOWS_1257("windows-1257", 4, "lt lv et"),
  WINDOWS_874("x-windows-874", 5, "th"),
  KOI8_R("KOI8-R", 4, "ru bg"),
  KOI8_U("KOI8-U", 6, "uk"),
  ISO_8859_2("ISO-8859-2", 3.5f, "pl cs sk hu sl hr ro"),
  ISO_8859_5("ISO-8859-5", 7, "ru uk be bg sr"),
  ISO_8859_6("ISO-8859-6", 7, "ar"),
  ISO_8859_7("ISO-8859-7", 5, "el"),
  ISO_8859_13("ISO-8859-13", 7, "lt lv et pl"),
  ISO_8859_15("ISO-8859-15", 8, "fr en de es fi et"),
  IBM850("IBM850", 8, "de fr es pt it nl sv da no fi"),
  IBM852("IBM852", 9, "pl cs sk hu sl hr"),
  IBM866("IBM866", 8, "ru"),
  MAC_ROMAN("x-MacRoman", 10, "de fr es pt it nl sv da no en"),
  MAC_CYRILLIC("x-MacCyrillic", 12, "ru uk"),
  GB18030("GB18030", 3, "zh"),
  WINDOWS_31J("windows-31j", 3, "ja"),
  EUC_JP("EUC-JP", 3, "ja"),
  WINDOWS_949("x-windows-949", 3, "ko"),
  WINDOWS_950("x-windows-950", 3, "zt"),
  BIG5_HKSCS("Big5-HKSCS", 8, "zt");

  private final Charset charset;
  private final float surcharge;

  // A list of strings that nobody changes.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> languages;

  LegacyCharset(String name, float surcharge, String languages) {
    this.charset = Charset.forName(name);
    this.surcharge = surcharge;
    this.languages = Arrays.asList(languages.split(" ", -1));
  }

  Charset charset() {
    return charset;
  }

  /// Returns how many bits some text takes in this encoding, with the surcharge; any number above
  /// `enough` if they are more than that.
  float bits(byte[] sample, float enough) {
    List<LetterModel> models = languages.stream().map(CharsetLanguages::of).toList();
    return surcharge
        + DecodingScore.bits(sample, sample.length, charset, models, enough - surcharge);
  }
}
