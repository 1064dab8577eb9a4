package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.Random;
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
    "中",
    "\uD83D\uDE00",
    "\uD83D"
  };

  private final O200kCounter counter = new O200kCounter(JTOKKIT);

  @Seeds
  void countsLikeJTokkit(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(12); j >= 0; j--) {
        text.append(PIECES[random.nextInt(PIECES.length - (i % 4 == 0 ? 0 : 4))]);
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
  void countsLinesThatAreNotAsciiLikeJTokkit(long seed) {
    String[] others = {
      "é",
      "中",
      "\uD83D\uDE00",
      "\uD83D",
      "\u00A0",
      "\u0085",
      "\u2028",
      "\u0301",
      "ſ",
      "٣",
      "ǅ",
      "’s"
    };
    String[] breaks = {
      "\n", "\n", "\n\n", "\r\n", "\n ", "\n    ", "\n\t", " \n", "\n/", "\n //", "}\n"
    };
    var random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(40); j >= 0; j--) {
        String[] from = j % 9 == 0 ? others : j % 3 == 0 ? breaks : PIECES;
        text.append(from[random.nextInt(from.length)]);
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
        "é\na",
        "é\n/a",
        "é {\n/a",
        "a \n\n  é",
        "é\n  \n  a",
        "é\n\u00A0a",
        "é\n",
        "\né",
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
