package brimful.extract.charset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;

/// The languages that old encodings were made for, by code.
///
/// Made when the first file comes that is neither ASCII nor UTF-8, in some milliseconds.
final class CharsetLanguages {
  private static final String PROSE = "languages.txt";
  private static final String CJK_MARKS = "、。，：；？！（）「」『』《》“”・";

  private CharsetLanguages() {}

  /// Returns a language's model.
  static LetterModel of(String code) {
    LetterModel model = Holder.MODELS.get(code);
    if (model == null) {
      throw new IllegalArgumentException("no language \"%s\" in %s".formatted(code, PROSE));
    }
    return model;
  }

  /// Returns all of them.
  static Iterable<LetterModel> all() {
    return Holder.MODELS.values();
  }

  private static Map<String, LetterModel> read() {
    Map<String, LetterModel> models = new HashMap<>();
    try (InputStream in = CharsetLanguages.class.getResourceAsStream(PROSE)) {
      if (in == null) {
        throw new IllegalStateException("%s is missing from the program".formatted(PROSE));
      }
      for (String part : new String(in.readAllBytes(), UTF_8).split("(?m)^== ", -1)) {
        int head = part.indexOf('\n');
        if (!part.startsWith("#")) {
          String code = part.substring(0, head);
          models.put(code, model(code, part.substring(head + 1).strip()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + PROSE, e);
    }
    return Map.copyOf(models);
  }

  private static LetterModel model(String code, String prose) {
    return switch (code) {
      case "zh" -> chinese(prose, "GB2312", 0xb0, 0xd7, 0xd8, 0xf7);
      case "zt" -> chinese(prose, "Big5", 0xa4, 0xc6, 0xc9, 0xf9);
      case "ja" -> japanese(prose);
      case "ko" -> korean(prose);
      default -> new LetterModel.Pairs(prose);
    };
  }

  private static LetterModel.Singles chinese(
      String prose, String charset, int first, int last, int rareFirst, int rareLast) {
    return new LetterModel.Singles(rows(charset, first, last), rows(charset, rareFirst, rareLast))
        .ranked(prose.replace("\n", ""))
        .rate('\uff10', '\uff5e', 10)
        .rate('\u2014', '\u2026', 8)
        .rate(CJK_MARKS, 5.5f);
  }

  private static LetterModel.Singles korean(String prose) {
    return new LetterModel.Singles(rows("EUC-KR", 0xb0, 0xc8), rows("EUC-KR", 0xca, 0xfd))
        .ranked(prose)
        .rate('\uff10', '\uff5e', 11)
        .rate('\u2014', '\u2026', 8)
        .rate("·“”‘’", 8)
        .rate(CJK_MARKS, 9);
  }

  /// Kana are half of any Japanese text; what the prose has of them and of Kanji is common.
  private static LetterModel.Singles japanese(String prose) {
    var model =
        new LetterModel.Singles(rows("EUC-JP", 0xb0, 0xcf), rows("EUC-JP", 0xd0, 0xf4))
            .rate('\u3041', '\u3093', 8)
            .rate('\u30a1', '\u30f6', 9)
            .rate('\uff10', '\uff5e', 10)
            .rate('\uff61', '\uff9f', 13);
    Map<Character, Integer> counts = new HashMap<>();
    for (char c : prose.toCharArray()) {
      counts.merge(c, 1, Integer::sum);
    }
    counts.forEach((c, count) -> {
      double bits = -Math.log((double) count / prose.length()) / Math.log(2);
      model.rate(String.valueOf(c), (float) Math.min(10, bits + 0.5));
    });
    return model.rate('\u2014', '\u2026', 8).rate("ー", 6).rate("、。「」", 5);
  }

  /// Returns the characters of a double-byte encoding that have these first bytes.
  private static String rows(String charset, int first, int last) {
    var bytes = new byte[2 * 157 * (last - first + 1)];
    int at = 0;
    for (int lead = first; lead <= last; lead++) {
      for (int trail = charset.equals("Big5") ? 0x40 : 0xa1; trail <= 0xfe; trail++) {
        if (trail < 0x7f || trail > 0xa0) {
          bytes[at++] = (byte) lead;
          bytes[at++] = (byte) trail;
        }
      }
    }
    return new String(bytes, 0, at, Charset.forName(charset)).replace("\ufffd", "");
  }

  private static final class Holder {
    static final Map<String, LetterModel> MODELS = read();
  }
}
