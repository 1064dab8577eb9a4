package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PathKindTest {
  @ParameterizedTest
  @CsvSource({
    "src/main/java/A.java, CODE",
    "README.md, PROSE",
    "docs/guide.rst, PROSE",
    "LICENSE, PROSE",
    "src/test/java/ATest.java, TEST",
    "lib/ATest.java, TEST",
    "lib/Contest.rs, CODE",
    "pkg/x_test.go, TEST",
    "web/a.spec.ts, TEST",
    "conftest.py, TEST",
    "tests/README.md, TEST",
    "docs_src/a.py, EXAMPLE",
    "examples/tests/a.py, TEST",
    "django/db/__init__.py, REEXPORT",
    "a/vendor/b/tests/c.go, GENERATED",
    "web/jquery.min.js, GENERATED",
  })
  void tellsByThePath(String path, PathKind kind) {
    assertThat(PathKind.of(path).factor(false, false)).isEqualTo(kind.factor(false, false));
  }
}
