package brimful.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
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
