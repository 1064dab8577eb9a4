package brimful.chunk.outline;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.PathKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LanguageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "md",
        "markdown",
        "mdx",
        "mkd",
        "qmd",
        "rmd",
        "rst",
        "rest",
        "adoc",
        "asciidoc",
        "asc",
        "org",
        "txt",
        "text"
      })
  void proseIsADocumentByItsPathToo(String ending) {
    String name = "notes." + ending;

    assertThat(Language.of(new DocumentId(name), "").prose()).isTrue();
    assertThat(PathKind.of(name)).isEqualTo(PathKind.DOC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java", "kt", "py", "go", "rs", "c", "ts", "vue", "rb", "sh", "sql", "proto", "ml", "mli",
        "hs", "f", "f90", "cbl", "cpy", "el", "lisp", "clj", "scm", "tf", "hcl", "php", "swift"
      })
  void codeIsSourceByItsPathToo(String ending) {
    String name = "part." + ending;

    assertThat(Language.of(new DocumentId(name), "").prose()).isFalse();
    assertThat(Language.of(new DocumentId(name), "")).isNotEqualTo(Language.PLAIN);
    assertThat(PathKind.of(name)).isEqualTo(PathKind.SOURCE);
  }
}
