package brimful.http.page;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What pdf.js needs besides a PDF to draw characters whose font is not in it: tables of the codes
/// of Chinese, Japanese and Korean, and the fonts of signs.
///
/// The tables are those that the standard of PDF names for fonts, in both writing directions, and
/// what leads from them to Unicode. Letters of the other standard fonts are drawn by the system's.
final class PdfCharacters {
  /// ISO 32000-2, table 116.
  private static final String CODES =
      """
      GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K UniGB-UCS2 UniGB-UTF16
      B5pc HKscs-B5 ETen-B5 ETenms-B5 CNS-EUC UniCNS-UCS2 UniCNS-UTF16
      90ms-RKSJ 90msp-RKSJ 90pv-RKSJ Add-RKSJ EUC Ext-RKSJ UniJIS-UCS2 UniJIS-UCS2-HW UniJIS-UTF16
      UniJIS2004-UTF16
      KSC-EUC KSCms-UHC KSCms-UHC-HW KSCpc-EUC UniKS-UCS2 UniKS-UTF16
      """;

  private static final List<String> OTHERS =
      List.of(
          "83pv-RKSJ-H",
          "H",
          "V",
          "Adobe-CNS1-UCS2",
          "Adobe-GB1-UCS2",
          "Adobe-Japan1-UCS2",
          "Adobe-Korea1-UCS2");

  private static final List<String> SIGNS = List.of("FoxitDingbats.pfb", "FoxitSymbol.pfb");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private PdfCharacters() {}

  /// Returns the paths of the files, as pdf.js has them.
  static List<String> files() {
    Stream<String> tables =
        Stream.concat(
            BLANKS.splitAsStream(CODES).flatMap(code -> Stream.of(code + "-H", code + "-V")),
            OTHERS.stream());
    return Stream.concat(
            tables.map("cmaps/%s.bcmap"::formatted),
            SIGNS.stream().map("standard_fonts/%s"::formatted))
        .toList();
  }
}
