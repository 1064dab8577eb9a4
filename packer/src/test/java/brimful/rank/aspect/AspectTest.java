package brimful.rank.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.PathKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AspectTest {
  private static int distance(Aspect aspect, String path) {
    return aspect.distance(path, PathKind.of(path)).orElse(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "README.md, OVERVIEW",
    "docs/Readme.rst, OVERVIEW",
    "docs/installing.rst, INSTALL",
    "CONTRIBUTING.md, CONTRIBUTE",
    "CONTRIBUTING.md, BUILD",
    "docs/releasing.rst, RELEASE",
    ".github/workflows/ci.yml, TEST",
    ".github/workflows/publish.yml, RELEASE",
    "package.json, SCRIPTS",
    "crates/a/Cargo.toml, VERSION",
    "setup.py, VERSION",
    "build.gradle.kts, DEPENDENCIES",
    "gradle/libs.versions.toml, DEPENDENCIES",
    "App.csproj, VERSION",
    "global.json, VERSION",
    "build.zig.zon, VERSION",
    "Makefile, BUILD",
    "build.ps1, BUILD",
    "scripts/test, TEST",
    "CHANGELOG.md, CHANGES",
    "docs/changes.rst, CHANGES",
    "History.md, CHANGES",
    "ChangeLog, CHANGES",
    "NEWS, CHANGES",
    "00-RELEASENOTES, CHANGES",
    "release-notes/VERSION-2.x, CHANGES",
    "Makefile.am, TEST",
    "Dockerfile, DEPLOY",
    "docs/deployment.rst, DEPLOY",
    ".github/SECURITY.md, SECURITY",
    "LICENSE-MIT, LICENCE",
    "MIT-LICENSE, LICENCE",
    "COPYING, LICENCE",
    "redis.conf, CONFIGURATION",
    "ARCHITECTURE.md, LAYOUT",
    "source/index.js, START",
    "bin/bats, START",
    "cmd/tool/main.go, START",
    "celery/__main__.py, START",
    "bin/composer.php, START"
  })
  void knowsTheFilesThatTell(String path, Aspect aspect) {
    assertThat(aspect.distance(path, PathKind.of(path))).isPresent();
    assertThat(aspect.distance("src/parser.py", PathKind.SOURCE)).isEmpty();
  }

  @Test
  void codeOfTheSameNameTellsNothing() {
    assertThat(Aspect.LICENCE.distance("src/license.py", PathKind.SOURCE)).isEmpty();
    assertThat(Aspect.CHANGES.distance("src/history.c", PathKind.SOURCE)).isEmpty();
    assertThat(Aspect.SECURITY.distance("src/security.ts", PathKind.SOURCE)).isEmpty();
  }

  @Test
  void whatOnlyTellsForWantOfOthersComesAfterThemWhereverTheyAre() {
    assertThat(distance(Aspect.CHANGES, "README.md"))
        .isGreaterThan(distance(Aspect.CHANGES, "docs/en/docs/a/release-notes.md"));
    assertThat(Aspect.TEST.distance("configure.ac", PathKind.SOURCE)).isEmpty();
  }

  @Test
  void looksFirstWhereItIsToldInFullAndNearTheTop() {
    assertThat(distance(Aspect.VERSION, "go.mod"))
        .isLessThan(distance(Aspect.VERSION, "README.md"));
    assertThat(distance(Aspect.LICENCE, "LICENSE"))
        .isLessThan(distance(Aspect.LICENCE, "README.md"));
    assertThat(distance(Aspect.OVERVIEW, "README.md"))
        .isLessThan(distance(Aspect.OVERVIEW, "parser/README.md"));
    assertThat(distance(Aspect.CONTRIBUTE, ".github/CONTRIBUTING.md"))
        .isEqualTo(distance(Aspect.CONTRIBUTE, "CONTRIBUTING.md"));
  }
}
