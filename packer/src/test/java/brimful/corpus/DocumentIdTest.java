package brimful.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brimful.testing.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentIdTest {
  private static final int CASES = Integer.getInteger("fuzz.cases", 20_000);
  private static final DocumentId ZIP = new DocumentId("a.zip");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/A.java",
        "a b/c#d?e%20.txt",
        "größer/设备/장비/й.md",
        "C:\\temp\\x.txt",
        "a\\xyz",
        "wow!",
        "a!b/c",
        "...",
        ".git/..x/x..",
        "\uD83D\uDC68\u200D\uD83D\uDC69.txt",
        "می\u200Cخواهم.txt",
        "a\u00A0b\uFEFF\uFFFD"
      })
  void ordinaryNamesStayAsTheyAre(String name) {
    assertThat(DocumentId.of(name).value()).isEqualTo(name);
    assertThat(DocumentId.of(name.getBytes(UTF_8)).value()).isEqualTo(name);
    assertThat(ZIP.member(name).value()).isEqualTo("a.zip!/" + name);
  }

  @Test
  void whatCannotBeShownIsEscaped() {
    assertThat(DocumentId.of("new\nline\t\u007F").value()).isEqualTo("new\\x0Aline\\x09\\x7F");
    assertThat(DocumentId.of("John\u0092s\u0085").value()).isEqualTo("John\\u{92}s\\u{85}");
    assertThat(DocumentId.of("a\u2028b\u2029c").value()).isEqualTo("a\\u{2028}b\\u{2029}c");
    assertThat(DocumentId.of("exe\u202Etxt.\u2066\u2069\u200E\u061C").value())
        .isEqualTo("exe\\u{202E}txt.\\u{2066}\\u{2069}\\u{200E}\\u{61C}");
    assertThat(DocumentId.of("a\uD83Db\uDE00").value()).isEqualTo("a\\u{D83D}b\\u{DE00}");
    assertThat(DocumentId.of("  ").value()).isEqualTo("\\x20 ");
    assertThat(DocumentId.of(" /a / b").value()).isEqualTo("\\x20/a / b");
    assertThat(DocumentId.of("\u3000").value()).isEqualTo("\\u{3000}");
    assertThat(DocumentId.of("").value()).isEqualTo("\\x00");
  }

  @Test
  void bytesThatAreNoUtf8AreShownAsBytes() {
    assertThat(DocumentId.of("für/Größe.txt".getBytes(ISO_8859_1)).value())
        .isEqualTo("f\\xFCr/Gr\\xF6\\xDFe.txt");
    assertThat(DocumentId.of("f\\xFCr".getBytes(UTF_8)).value()).isEqualTo("f\\x5CxFCr");
    assertThat(ZIP.member("für".getBytes(ISO_8859_1)).value()).isEqualTo("a.zip!/f\\xFCr");
  }

  @Test
  void nothingLooksLikeTheWayIntoAnArchive() {
    assertThat(DocumentId.of("wow!/a!/b").value()).isEqualTo("wow\\x21/a\\x21/b");
    assertThat(ZIP.member("in.zip!/a.txt").value()).isEqualTo("a.zip!/in.zip\\x21/a.txt");
    assertThat(ZIP.member("!/b").item()).isEqualTo(ZIP);
    assertThat(new DocumentId("a.txt").in("wow!").item().value()).isEqualTo("wow\\x21/a.txt");
    assertThat(DocumentId.of("a!").member("b!").member("c").item().value()).isEqualTo("a!");
  }

  @Test
  void noPathIsAbsoluteOrLeadsUp() {
    assertThat(DocumentId.of("/etc//x").value()).isEqualTo("\\x2Fetc/\\x2Fx");
    assertThat(DocumentId.of("../a/./..").value()).isEqualTo("\\x2E\\x2E/a/\\x2E/\\x2E\\x2E");
    assertThat(ZIP.member("//etc/x").value()).isEqualTo("a.zip!/etc/x");
    assertThat(ZIP.member("..").value()).isEqualTo("a.zip!/\\x2E\\x2E");
    assertThat(ZIP.member("a/ /b").value()).isEqualTo("a.zip!/a/\\x20/b");
    assertThat(ZIP.member("/").value()).isEqualTo("a.zip!/unnamed");
  }

  @Test
  void longNamesOfMembersKeepStartAndExtension() {
    String name = "x".repeat(10_000) + "\uD83D\uDE00".repeat(100) + ".pdf";

    String id = ZIP.member(name).value();

    assertThat(id).hasSizeLessThan(600).startsWith("a.zip!/xxx").endsWith("\uD83D\uDE00.pdf");
    assertThat(id).doesNotContain("\\u");
  }

  @Test
  void whatIsReadBackMustBeAnId() {
    for (String bad : new String[] {"", " ", "/a", "a\nb", "a\u0085", "a\u202Eb", "\uD83D"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new DocumentId(bad));
      assertThat(DocumentId.named(bad)).isEmpty();
    }
  }

  /// Bytes that could mean something, and any others.
  @Seeds
  void everyPathHasAnIdOfItsOwnThatLeadsBack(long seed) {
    var random = new Random(seed);
    String[] parts = {
      "a",
      "!",
      "/",
      ".",
      "..",
      "\\",
      "\\x",
      "x5C",
      "41",
      "u{",
      "2028",
      "}",
      " ",
      "ü",
      "\u202E",
      "\0",
      "\n",
      "\u0092",
      "设",
      "\uD83D\uDE00",
      "\\x0A",
      "\\u{202E}",
      "\u3000"
    };
    Map<DocumentId, String> seen = new HashMap<>();
    for (int round = 0; round < CASES; round++) {
      var path = new StringBuilder();
      for (int i = random.nextInt(7); i >= 0; i--) {
        path.append(
            random.nextInt(4) == 0
                ? Character.toString((char) random.nextInt(256))
                : new String(parts[random.nextInt(parts.length)].getBytes(UTF_8), ISO_8859_1));
      }
      byte[] bytes = path.toString().getBytes(ISO_8859_1);

      DocumentId id = DocumentId.of(bytes);

      assertThat(id.path()).isEqualTo(bytes);
      assertThat(seen.put(id, path.toString())).isIn(null, path.toString());
      assertThat(id.item()).isEqualTo(id);
      assertThat(id.member(bytes).item()).isEqualTo(id);
      String text = new String(bytes, ISO_8859_1);
      assertThat(DocumentId.of(text).path()).isEqualTo(text.getBytes(UTF_8));
    }
  }
}
