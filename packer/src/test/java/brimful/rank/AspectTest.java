package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.PathKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AspectTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "what is this repository about? | OVERVIEW",
        "What does this package do? | OVERVIEW",
        "give me an overview of the project | OVERVIEW",
        "how is it built, tested and released? | PROCESS",
        "how do I build it from source? | PROCESS",
        "what are the steps to release a new version | PROCESS",
        "which Rust edition does this need? | MANIFEST",
        "which scripts does the root package.json define? | MANIFEST",
        "what is it? | OVERVIEW",
        "What's this for | OVERVIEW",
        "how do I run the tests? | PROCESS",
        "how can I run all tests | PROCESS",
        "how is a new release made? | PROCESS",
        "what changed lately? | CHANGES",
        "what's new? | CHANGES",
        "what is new in the last version? | CHANGES",
        "what was changed in the latest release | CHANGES",
        "what are the recent changes? | CHANGES",
        "show me the changelog | CHANGES",
        "what are the runtime dependencies? | MANIFEST",
        "where does the program start? | START",
        "what is the entry point of the command line tool | START"
      })
  void knowsWhatIsAsked(String question, Aspect aspect) {
    assertThat(Aspect.of(question)).containsExactly(aspect);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "how does rebalancing work?",
        "how are dependencies resolved and injected?",
        "where is the window built from the chunks?",
        "how is a release lock acquired?",
        "how do plugins install their hooks when a request starts?",
        "what happens if the main thread ends first?",
        "what is it that closes the socket?",
        "what changed in the offset when a consumer leaves?",
        "what is new in the parser's state after a comma?",
        "how are changes of the index published?",
        "HTTP client session"
      })
  void leavesOtherQuestionsAlone(String question) {
    assertThat(Aspect.of(question)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "README.md, OVERVIEW",
    "docs/Readme.rst, OVERVIEW",
    "CONTRIBUTING.md, PROCESS",
    "docs/releasing.rst, PROCESS",
    ".github/workflows/ci.yml, PROCESS",
    "package.json, MANIFEST",
    "crates/a/Cargo.toml, MANIFEST",
    "setup.py, MANIFEST",
    "build.gradle.kts, MANIFEST",
    "App.csproj, MANIFEST",
    "Makefile, PROCESS",
    "build.ps1, PROCESS",
    "scripts/test, PROCESS",
    "global.json, MANIFEST",
    "build.zig.zon, MANIFEST",
    "CHANGELOG.md, CHANGES",
    "docs/changes.rst, CHANGES",
    "History.md, CHANGES",
    "ChangeLog, CHANGES",
    "NEWS, CHANGES",
    "source/index.js, START",
    "bin/bats, START",
    "cmd/tool/main.go, START",
    "celery/__main__.py, START",
    "bin/composer.php, START"
  })
  void knowsTheFilesThatTell(String path, Aspect aspect) {
    assertThat(aspect.isToldBy(path, PathKind.of(path))).isTrue();
    assertThat(aspect.isToldBy("src/parser.py", PathKind.SOURCE)).isFalse();
  }

  @Test
  void aReadmeRepeatsWhatAManifestSays() {
    assertThat(Aspect.MANIFEST.isToldBy("README.md", PathKind.DOC)).isTrue();
    assertThat(Aspect.MANIFEST.distance("README.md"))
        .isGreaterThan(Aspect.MANIFEST.distance("go.mod"));
    assertThat(Aspect.OVERVIEW.distance("README.md")).isZero();
  }

  @Test
  void takesLinearTimeForHostileQuestions() {
    assertThat(Aspect.of("which " + "a ".repeat(50_000) + "version")).isEmpty();
    assertThat(Aspect.of("what is this ".repeat(8_000))).isEmpty();
    assertThat(Aspect.of("what are the " + "recent ".repeat(50_000))).isEmpty();
  }
}
