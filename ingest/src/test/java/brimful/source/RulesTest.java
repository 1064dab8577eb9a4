package brimful.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RulesTest {
  private final Rules rules = Rules.standard();

  @ParameterizedTest
  @CsvSource({
    "package-lock.json, LOCK",
    "Cargo.lock, LOCK",
    "go.sum, LOCK",
    "api.pb.go, GENERATED",
    "api_pb2.py, GENERATED",
    "Form1.Designer.cs, GENERATED",
    "jquery-3.1.min.js, MINIFIED",
    "app.js.map, MINIFIED",
    "Logo.PNG, MEDIA",
    "icon.svg, MEDIA",
    "Main.class, BINARY",
    ".DS_Store, JUNK"
  })
  void leavesOutByName(String name, Rule rule) {
    assertThat(rules.file(name)).contains(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Locks.java",
        "lock.go",
        "package.json",
        "Cargo.toml",
        "pb.go",
        "generated.md",
        "min.js",
        "map.ts",
        "Map.java",
        ".map",
        "png.c",
        "video.ts",
        "class.py",
        "Makefile",
        "go.mod",
        ".png"
      })
  void keepsCodeWithSimilarNames(String name) {
    assertThat(rules.file(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "README.pt, Leia-me: instruções do marolo",
    "view.pt, <div tal:content='here/title'>t</div>",
    "diodes.lib, .model D1N4148 D (IS=2.52n)",
    "teapot.obj, v 0.1 0.2 0.3",
    "user.class, <?php class User {}",
    "1crn.pdb, HEADER    PLANT PROTEIN",
    "start.a, mov r0",
    "libc.so, /* GNU ld script */",
    "config.pkl, name = 1",
    "notes.img, a list of images",
    "roads.mid, 1;Main Street",
  })
  void textMayHaveTheNameOfAProgram(String name, String content) {
    assertThat(rules.file(name)).isNotEmpty();
    assertThat(rules.file(name, () -> bytes(content))).isEmpty();
    assertThat(rules.file(name, () -> bytes("\u0000\u0001\u0002" + content))).isNotEmpty();
    assertThat(rules.file(name, () -> new ByteArrayInputStream(new byte[0]))).isNotEmpty();
  }

  @Test
  void whatCannotBeReadKeepsItsNamesRule() {
    assertThat(
            rules.file(
                "a.pt",
                () -> {
                  throw new IOException("gone");
                }))
        .contains(Rule.BINARY);
    assertThat(rules.file("a.a", () -> bytes("!<arch>\n/   0"))).contains(Rule.BINARY);
    assertThat(rules.file("logo.png", () -> bytes("text"))).contains(Rule.MEDIA);
    assertThat(rules.file("yarn.lock", () -> bytes("text"))).contains(Rule.LOCK);
  }

  private static InputStream bytes(String content) {
    return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aVendorFolderNeedsEvidence() {
    assertThat(rules.folder("vendor", name -> name.equals("modules.txt"))).contains(Rule.VENDORED);
    assertThat(rules.folder("vendor", _ -> false)).isEqualTo(Optional.empty());
    assertThat(rules.folder("node_modules", _ -> false)).contains(Rule.VENDORED);
    for (String name : new String[] {"build", "dist", "target", "out", "bin", "env", "lib"}) {
      assertThat(rules.folder(name, _ -> false)).as(name).isEmpty();
    }
  }

  @Test
  void switchesOffOneByOne() {
    Rules some = rules.without("lock").without("media");

    assertThat(some.file("go.sum")).isEmpty();
    assertThat(some.file("a.png")).isEmpty();
    assertThat(some.file("a.class")).contains(Rule.BINARY);
    assertThat(rules.file("go.sum")).contains(Rule.LOCK);
  }

  @Test
  void saysWhichRulesThereAre() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> rules.without("locks"))
        .withMessageStartingWith("unknown rule \"locks\": name one of brimfulignore, gitignore");
    assertThat(Rules.describe().lines()).hasSize(Rule.values().length);
    assertThat(Rules.describe()).contains("lock: lock files of package managers: ");
  }
}
