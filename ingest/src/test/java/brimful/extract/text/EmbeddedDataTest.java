package brimful.extract.text;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedDataTest {
  private static String base64(int bytes) {
    byte[] data = new byte[bytes];
    new Random(7).nextBytes(data);
    return Base64.getEncoder().encodeToString(data);
  }

  @Test
  void replacesThePicturesOfMarkdownAndKeepsItsLines() {
    String picture = base64(60_000);
    String markdown =
        "# T\n![a](data:image/png;base64,%1$s)\ntext\n![b](data:image/jpeg;base64,%1$s)\nend\n"
            .formatted(picture);

    assertThat(shown(extract("a.md", markdown)))
        .isEqualTo("a.md 1-5: # T/![a]((image/png, 60 kB))/text/![b]((image/jpeg, 60 kB))/end/");
  }

  @Test
  void replacesDataInEveryKindOfText() {
    String data = base64(1_500_000);

    assertThat(
            EmbeddedData.shortened(
                "a { background: url(data:font/woff2;charset=utf-8;base64," + data + ") }"))
        .isEqualTo("a { background: url((font/woff2, 1.5 MB)) }");
    assertThat(EmbeddedData.shortened("{\"png\": \"iVBORw0KGgo" + data + "\", \"n\": 1}"))
        .isEqualTo("{\"png\": \"(image/png, 1.5 MB)\", \"n\": 1}");
    assertThat(EmbeddedData.shortened("x = '" + data.substring(0, 4_000) + "'"))
        .isEqualTo("x = '(base64, 3 kB)'");
    assertThat(
            EmbeddedData.shortened(
                "{\"d\":\"" + base64(54).repeat(9).replaceAll("(.{72})", "$1\\\\n") + "\"}"))
        .matches("\\{\"d\":\"\\(base64, \\d+ bytes\\)\"}");
    assertThat(
            EmbeddedData.shortened(
                "url(\"data:image/svg+xml,%3csvg" + " d='M1 2'".repeat(40) + "\")"))
        .isEqualTo("url(\"(image/svg+xml, 366 bytes)\")");
  }

  @Test
  void replacesDataInTheAlphabetOfAddresses() {
    String data = base64(3_000).replace('+', '-').replace('/', '_').replace("--", "-A");

    assertThat(EmbeddedData.shortened("{\"d\":\"" + data + "\"}"))
        .isEqualTo("{\"d\":\"(base64, 3 kB)\"}");
    assertThat(EmbeddedData.shortened("-----BEGIN KEY-----\\n" + data + "\\n-----END KEY-----"))
        .isEqualTo("-----BEGIN KEY-----(base64, 3 kB)-----END KEY-----");
  }

  @Test
  void keepsTheLinesOfDataThatIsWrapped() {
    String lines = (base64(54) + "\n    ").repeat(20).stripTrailing();

    assertThat(
            EmbeddedData.shortened("<image href=\"data:image/png;base64," + lines + "\"/>\n<g/>"))
        .isEqualTo("<image href=\"(image/png, 1 kB)" + "\n".repeat(19) + "\"/>\n<g/>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: image/png;base64, is how it begins",
        "\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\"",
        "data:image/png, and more",
        "const data:application/json = load(file);",
        "data:text/html,short",
      })
  void leavesWhatIsNoDataOrShort(String text) {
    assertThat(EmbeddedData.shortened(text.repeat(1))).isEqualTo(text);
  }

  @Test
  void leavesLongRunsThatAreNotBase64() {
    for (String run :
        new String[] {
          "ACGTTGCA".repeat(200),
          "0123456789abcdef".repeat(100),
          "very/long/path/of/folders/".repeat(40),
          "Chapter-9_of_The_Long-Name".repeat(40),
          "x".repeat(5_000),
          "1234567890".repeat(100)
        }) {
      assertThat(EmbeddedData.shortened("a " + run + " b")).isEqualTo("a " + run + " b");
    }
  }

  @Test
  void leavesPrivateKeysToTheMaskForSecrets() {
    for (String name : new String[] {"RSA PRIVATE KEY", "PGP PRIVATE KEY BLOCK"}) {
      String key =
          "{\"k\": \"-----BEGIN %1$s-----\\n%2$s\\n-----END %1$s-----\"}"
              .formatted(name, base64(1_200).replaceAll("(.{64})", "$1\\\\n"));

      assertThat(EmbeddedData.shortened(key)).isEqualTo(key);
    }
  }

  @Seeds
  void keepsEveryLineBreakAndAllOtherText(long seed) {
    var random = new Random(seed);
    var text = new StringBuilder();
    var expected = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String word =
          "w" + i + " ".repeat(random.nextInt(3)) + "\n".repeat(random.nextInt(2)) + " \"";
      int bytes = 300 + random.nextInt(5_000);
      boolean address = random.nextBoolean();
      text.append(word)
          .append(address ? "data:image/png;base64," : "iVBORw0KGgo")
          .append(base64(bytes))
          .append('"');
      expected.append(word).append("(image/png)").append('"');
    }

    assertThat(
            EmbeddedData.shortened(text.toString())
                .replaceAll("\\(image/png, [^)]*\\)", "(image/png)"))
        .isEqualTo(expected.toString());
  }
}
