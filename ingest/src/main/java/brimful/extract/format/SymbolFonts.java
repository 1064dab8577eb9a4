package brimful.extract.format;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Signs of fonts whose characters are not those of Unicode: a tick must not read as a bullet, nor
/// an α as nothing.
public final class SymbolFonts {
  /// A sign that is not known.
  private static final String OTHER = "•";

  private static final int FIRST = 0x20;
  private static final int PRIVATE = 0xF000;

  /// The Symbol font from 0x20 on; a blank where it has none.
  private static final String SYMBOL =
      " !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
          + " ".repeat(33)
          + "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

  private static final Map<Integer, String> WINGDINGS =
      signs(
          "22✂ 28☎ 2A✉ 36⌛ 3F✍ 41✌ 43👍 44👎 45☜ 46☞ 47☝ 48☟ 4A☺ 4B😐 4C☹ 4E☠ 52☼ 54❄ 6C● 6E■ 6F□ 71❑ 75◆"
              + " 76❖ 80⓪ 81① 82② 83③ 84④ 85⑤ 86⑥ 87⑦ 88⑧ 89⑨ 8A⑩ 8B⓿ 8C❶ 8D❷ 8E❸ 8F❹ 90❺ 91❻ 92❼"
              + " 93❽ 94❾ 95❿ 9E· 9F• A7▪ A8☐ AB★ D8➢ DF← E0→ E1↑ E2↓ E3↖ E4↗ E5↙ E6↘ E8➔ EF⇦ F0⇨ F1⇧ F2⇩"
              + " F3⇔ FB✗ FC✓ FD☒ FE☑");

  private static final Map<Integer, String> WINGDINGS_2 = signs("4F✗ 50✓ 51☒ 52☑ 53☒ 54☒ A3☐");

  private SymbolFonts() {}

  private static Map<Integer, String> signs(String table) {
    Map<Integer, String> signs = new HashMap<>();
    for (String entry : table.split(" ", -1)) {
      signs.put(Integer.parseInt(entry.substring(0, 2), 16), entry.substring(2));
    }
    return Map.copyOf(signs);
  }

  /// Returns what a sign of a font looks like.
  public static String shown(String font, int sign) {
    boolean hidden = sign >= 0xE000 && sign <= 0xF8FF;
    int code = hidden ? sign - PRIVATE : sign;
    String shown =
        switch (font.toLowerCase(Locale.ROOT)) {
          case "symbol" -> symbol(code);
          case "wingdings" -> WINGDINGS.getOrDefault(code, "");
          case "wingdings 2" -> WINGDINGS_2.getOrDefault(code, "");
          default -> "";
        };
    return !shown.isBlank() ? shown : hidden ? OTHER : Character.toString(sign);
  }

  private static String symbol(int code) {
    int at = code - FIRST;
    return at > 0 && at < SYMBOL.length() ? String.valueOf(SYMBOL.charAt(at)) : "";
  }
}
