package brimful.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathKindTest {
  @ParameterizedTest
  @CsvSource({
    "src/main/java/A.java, SOURCE",
    "lib/Contest.rs, SOURCE",
    "Contest.java, SOURCE",
    "latest.go, SOURCE",
    "src/EXIT.java, SOURCE",
    "config/app.yaml, DATA",
    "web.xml, DATA",
    "Makefile, SOURCE",
    "CMakeLists.txt, SOURCE",
    "docker/Dockerfile, SOURCE",
    "setup.py, SOURCE",
    "a.unknown, SOURCE",
    "README.md, DOC",
    "README, DOC",
    "LICENSE, DOC",
    "docs/guide.rst, DOC",
    "notes.markdown, DOC",
    "notes.org, DOC",
    "manual.asciidoc, DOC",
    "paper.tex, DOC",
    "index.html, DOC",
    "talk.srt, DOC",
    "invitation.ics, DOC",
    "people.vcf, DOC",
    "report.pdf, DOC",
    "sheet.xls, DOC",
    "sheet.xlsx, DOC",
    "sheet.ods, DOC",
    "old.doc, DOC",
    "deck.ppt, DOC",
    "deck.odp, DOC",
    "mail.msg, DOC",
    "mail.eml, DOC",
    "123.emlx, DOC",
    "in.mbox, DOC",
    "book.EPUB, DOC",
    "test_plan.md, DOC",
    "package.json, MANIFEST",
    "web/package.json, MANIFEST",
    "Cargo.toml, MANIFEST",
    "pyproject.toml, MANIFEST",
    "go.mod, MANIFEST",
    "pom.xml, MANIFEST",
    "requirements.txt, MANIFEST",
    "Gemfile, MANIFEST",
    "App.csproj, MANIFEST",
    "data/table.csv, DATA",
    "a.json, DATA",
    "a.jsonl, DATA",
    "locale/de.po, DATA",
    "logo.svg, DATA",
    "setup.ini, DATA",
    "run.log, DATA",
    "django/db/__init__.py, PACKAGE_FILE",
    "src/index.ts, PACKAGE_FILE",
    "a/package-info.java, PACKAGE_FILE",
    "src/mod.rs, PACKAGE_FILE",
    "docs_src/a.py, EXAMPLE",
    "examples/a.py, EXAMPLE",
    "Samples/readme.md, EXAMPLE",
    "benchmarks/a.go, EXAMPLE",
    "src/test/java/ATest.java, TEST",
    "lib/ATest.java, TEST",
    "lib/ATests.kt, TEST",
    "lib/LoginIT.java, TEST",
    "lib/CartSpec.scala, TEST",
    "pkg/x_test.go, TEST",
    "web/a.spec.ts, TEST",
    "web/a.test.js, TEST",
    "web/a-test.js, TEST",
    "spec/a_spec.rb, TEST",
    "test_a.py, TEST",
    "conftest.py, TEST",
    "tests/README.md, TEST",
    "tests/data.json, TEST",
    "module-tests/a.c, TEST",
    "examples/tests/a.py, TEST",
    "tests/examples/a.py, TEST",
    "testdata/a.txt, TEST",
    "a/vendor/b/tests/c.go, GENERATED",
    "third_party/x.c, GENERATED",
    "dist/app.js, GENERATED",
    "web/jquery.min.js, GENERATED",
    "a_pb2.py, GENERATED",
    "book.zip!/src/A.java, SOURCE",
    "book.zip!/notes.md, DOC",
  })
  void tellsByThePath(String path, PathKind kind) {
    assertThat(PathKind.of(path)).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.pdf",
        "A.PDF",
        "dir/in.mbox",
        "123.emlx",
        "a.html",
        "a.tar.gz",
        "a.msg",
        "a.xlsb",
        "a.zip",
        "a.one"
      })
  void knowsWhatAParserReads(String path) {
    assertThat(PathKind.isParsed(path)).isTrue();
  }

  @Test
  void whatAParserReadsIsADocumentOrAnArchive() {
    for (String path : List.of("a.md", "a.java", "README", "dir.pdf/README", "pdf", "a.json")) {
      assertThat(PathKind.isParsed(path)).as(path).isFalse();
    }
    assertThat(PathKind.isMail("a.eml")).isTrue();
    assertThat(PathKind.isPage("a.xhtml")).isTrue();
    assertThat(PathKind.isScript("a.min.css")).isTrue();
    assertThat(PathKind.ending("a.b/c")).isEmpty();
    assertThat(PathKind.ending("a.tar.GZ")).isEqualTo("gz");
  }

  @Seeds
  void knowsTestsAndGeneratedFilesAsTheExpressionsDo(long seed) {
    var random = new Random(seed);
    var stem = Pattern.compile("test_.*|.*[._-](?:test|tests|spec)|conftest");
    var type = Pattern.compile(".*(?:Tests?|Spec|[a-z0-9]IT)");
    var generated = Pattern.compile(".*\\.min\\.[^.]*|.*_pb2\\.py");
    String[] pieces = {
      "test", "tests", "spec", "Test", "Tests", "Spec", "IT", "conf", "_", "-", ".", "min", "_pb2",
      ".py", ".java", ".js", "a", "B", "7", "latest", "É"
    };
    for (int i = 0; i < 5_000; i++) {
      var built = new StringBuilder();
      for (int j = random.nextInt(6); j >= 0; j--) {
        built.append(pieces[random.nextInt(pieces.length)]);
      }
      String name = built.toString();
      String lower = name.toLowerCase(Locale.ROOT);
      int dot = lower.lastIndexOf('.');
      boolean test =
          dot > 0
              && (stem.matcher(lower.substring(0, dot)).matches()
                  || type.matcher(name.substring(0, dot)).matches());

      PathKind kind = PathKind.ofName(name);

      if (generated.matcher(lower).matches()) {
        assertThat(kind).as(name).isEqualTo(PathKind.GENERATED);
      } else {
        boolean code = PathKind.ofName("x" + lower.substring(Math.max(0, dot))) != PathKind.DOC;
        assertThat(kind == PathKind.TEST).as(name).isEqualTo(test && code);
      }
    }
  }
}
