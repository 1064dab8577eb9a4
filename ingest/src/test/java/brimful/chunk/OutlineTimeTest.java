package brimful.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.chunk.outline.Breadcrumbs;
import brimful.chunk.outline.Language;
import brimful.chunk.outline.Lines;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Definitions are found in time in proportion to the text, whatever it is.
///
/// The texts repeat what makes a pattern go back and try again. At their size, a quadratic step
/// takes minutes and a recursive one overflows the stack: the timeout is a guard against hanging,
/// and no measure.
@Timeout(60)
final class OutlineTimeTest {
  private static final int CHARS = 200_000;

  private static final List<String> UNITS =
      List.of(
          "\n",
          " ",
          " \n",
          "\u2028",
          "\t",
          "a",
          "a ",
          "aA",
          "_",
          "1",
          "\u0301",
          "e\u0301",
          "設",
          "😀",
          "a.",
          ".",
          "a::",
          "::",
          "a:",
          ":",
          "a/",
          "\\",
          "@",
          "@A ",
          "@A(",
          "`",
          "```\n",
          "~",
          "*",
          "* ",
          "- ",
          "-",
          "#",
          "# ",
          "# # ",
          "#a\n",
          "=",
          "= ",
          "==\n",
          "a\n==\n",
          "(",
          ")",
          "a(",
          "()",
          "[",
          "{",
          "}",
          "{\n",
          "}\n",
          "<",
          ">",
          "<a>",
          "\"",
          "'",
          "\"\"\"",
          ",",
          ";",
          "|",
          "$",
          "$(",
          "final ",
          "def ",
          "self.",
          "async ",
          "function ",
          "create ",
          "temp ",
          "if ",
          "A: b\n",
          "[00:00] A",
          "/*",
          "*/",
          "//",
          "r#",
          "(*",
          "*)",
          "{-",
          "--",
          "#|",
          "?(",
          "('",
          "(def",
          "(def a ",
          "(def (",
          "{a|",
          "a-",
          "a-def",
          "let ",
          "let a\n",
          "let a =\n ",
          "(a) ",
          "type ",
          "a :: b\n",
          "a b = c\n",
          "module a\n",
          "end ",
          "end\n",
          "pure ",
          "integer*8 ",
          "& ",
          "A.\n",
          "a \"b\" {\n",
          "${",
          "\"${",
          "<<A\n",
          "#[",
          "?>",
          "\u00AD");

  private static final List<String> STARTS = List.of("", "# ", "class a", "create table ", "int a");

  @ParameterizedTest
  @CsvSource({
    "MARKDOWN, '# # ', '# '",
    "MARKDOWN, '# a\u2028', '# '",
    "ASCIIDOC, '= = ', '= '",
    "OBJECTIVE_C, a, int a",
    "RUBY, 'a::', 'class '",
    "PERL, 'a::', 'package '",
    "LUA, 'a.', 'function '",
    "ELIXIR, 'a.', 'def '",
    "SQL, 'temp ', 'create '",
    "SQL, 'a.', 'create table '",
    "JAVA, 'final ', 'void a('",
    "LISP, '(def ', ''",
    "LISP, 'a-', '('",
    "LISP, '^a ', '(def '",
    "OCAML, '(* ', ''",
    "OCAML, 'rec ', 'let '",
    "OCAML, 'A.', 'type '",
    "OCAML, '{a|', 'let a = '",
    "HASKELL, '{- ', ''",
    "HASKELL, '-----|', 'a '",
    "HASKELL, 'a, ', 'data A = A {'",
    "HASKELL, 'A => ', 'class '",
    "HASKELL, 'a :', 'foreign import '",
    "FORTRAN, 'pure ', ''",
    "FORTRAN, 'subroutine a\n', ''",
    "FORTRAN, 'interface\n', ''",
    "FORTRAN, 'interface\nend type\n', ''",
    "FORTRAN, 'a, parameter', 'a'",
    "FORTRAN_FIXED, '! \n', ''",
    "COBOL, 'a.\n', 'procedure division.\n'",
    "COBOL, '*\n', ''",
    "COBOL, 'program-id. a\n', ''",
    "HCL, 'a ', ''",
    "HCL, ' ', ''",
    "HCL, '\"${', 'a = '",
    "HCL, '<<A\n', ''"
  })
  void takesTimeInProportion(Language language, String unit, String start) {
    assertThat(outline(language, text(start, unit))).isNotNull();
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(Language.class)
  @Timeout(300)
  void takesTimeInProportionWhateverIsRepeated(Language language) {
    for (String start : STARTS) {
      for (String unit : UNITS) {
        assertThat(outline(language, text(start, unit))).isNotNull();
      }
    }
  }

  private static Breadcrumbs outline(Language language, String text) {
    Lines lines = Lines.of(text);
    var breadcrumbs = new Breadcrumbs(lines, language.outliner().outline(lines));
    assertThat(breadcrumbs.pathTo(lines.count() - 1)).isNotNull();
    assertThat(ConversationTurns.of(lines)).isNotNull();
    return breadcrumbs;
  }

  private static String text(String start, String unit) {
    return (start + unit.repeat(CHARS / unit.length() + 1)).substring(0, CHARS);
  }
}
