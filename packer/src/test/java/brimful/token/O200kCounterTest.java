package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class O200kCounterTest {
  private static final Encoding JTOKKIT =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  private static final String[] PIECES = {
    "word",
    "Word",
    "WORD",
    "camelCase",
    "HTTPServer",
    "x",
    "A",
    "'s",
    "'S",
    "'ll",
    "'LL",
    "'l",
    "'re",
    "'t",
    "don't",
    "I'D",
    "1",
    "23",
    "456",
    "7890",
    " ",
    "  ",
    "   ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    " \n",
    "\f",
    "\u000B",
    "\u0000",
    "\u001C",
    "\u007F",
    "!",
    "?",
    "//",
    "/",
    "/*",
    "*/",
    "{",
    "}",
    "();",
    "->",
    "==",
    "_",
    "-",
    "\"",
    "'",
    "`",
    "#",
    "=".repeat(40),
    "-".repeat(130),
    "a".repeat(140),
    "é",
    "É",
    "'\u017F",
    "\u017F",
    "\u01C5",
    "ʰ",
    "中",
    "\u0301",
    "\u20DD",
    "\u0903",
    "Ⅷ",
    "½",
    "٣",
    "\u00A0",
    "\u0085",
    "\u2028",
    "\u3000",
    "\u200B",
    "\uFEFF",
    "「",
    "…",
    "\uE000",
    "\uD800\uDF30",
    "\uD835\uDC00",
    "\uD83D\uDE00",
    "中".repeat(60),
    "\uD83D"
  };

  /// How many of the last pieces are beyond ASCII.
  private static final int FOREIGN = 27;

  private final O200kCounter counter = new O200kCounter(O200kVocabulary.read());

  @Seeds
  void countsLikeJTokkit(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(12); j >= 0; j--) {
        text.append(PIECES[random.nextInt(PIECES.length - (i % 4 == 0 ? FOREIGN : 0))]);
      }
      assertSame(text.toString());
    }
  }

  @Seeds
  void countsAnyAsciiLikeJTokkit(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(40); j >= 0; j--) {
        text.append((char) random.nextInt(128));
      }
      assertSame(text.toString());
    }
  }

  @Seeds
  void countsAnyUnicodeLikeJTokkit(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      assertSame(RandomUnicode.of(random, 12));
    }
  }

  @Tag("fuzz")
  @Test
  void countsEveryCodePointLikeJTokkit() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      assertSame(RandomUnicode.inContexts(codePoint));
    }
  }

  @Seeds
  void countsLongPretokensLikeJTokkit(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      var text = new StringBuilder();
      for (int j = 64 + random.nextInt(400); j >= 0; j--) {
        text.append((char) (i % 2 == 0 ? 'a' + random.nextInt(26) : 0x4E00 + random.nextInt(900)));
      }
      assertSame(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n",
        "a b",
        "it's  \n\t x",
        "  if (a)//b\r\n/c",
        "x'LL y",
        "\uD83D?",
        "?"
      })
  void countsTheEdgesLikeJTokkit(String text) {
    assertSame(text);
  }

  private void assertSame(String text) {
    // Once for the cache, and once from it.
    assertThat(counter.count(text)).as(text).isEqualTo(JTOKKIT.countTokensOrdinary(text));
    assertThat(counter.count(text)).as(text).isEqualTo(JTOKKIT.countTokensOrdinary(text));
  }
}
