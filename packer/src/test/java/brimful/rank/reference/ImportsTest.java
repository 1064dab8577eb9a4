package brimful.rank.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

public final class ImportsTest {

  @Test
  void pythonNamesModulesFromTheTopAndFromHere() {
    String text =
        """
        import os.path
        from sympy.core.exprtools import Factors
        from . import fu
        from .trigsimp import (a,
            b)
        from ..core import add
        """;

    List<String> found = Imports.of("sympy/simplify/simplify.py", text);

    assertThat(found)
        .containsExactly(
            "os/path",
            "sympy/core/exprtools",
            "sympy/simplify",
            "sympy/simplify/trigsimp",
            "sympy/core");
  }

  @Test
  void javaNamesClasses() {
    String text = "package a.b;\n\nimport java.util.List;\nimport static a.c.Tools.join;\n";

    List<String> found = Imports.of("a/b/X.java", text);

    assertThat(found).containsExactly("java/util/List", "a/c/Tools/join");
  }

  @Test
  void scriptsNameFilesBesideThem() {
    String text =
        """
        import { a } from "./a.js";
        import fs from 'fs';
        const b = require('../lib/b');
        """;

    List<String> found = Imports.of("src/app/main.js", text);

    assertThat(found).containsExactly("src/app/a", "src/lib/b");
  }

  @Test
  void cIncludesHeaders() {
    List<String> found = Imports.of("src/x.c", "#include <stdio.h>\n# include \"lib/y.h\"\n");

    assertThat(found).containsExactly("stdio.h", "lib/y.h");
  }

  @Test
  void wordsInProseAreNoImports() {
    List<String> found = Imports.of("x.py", "\"\"\"The goods come from abroad.\"\"\"\n");

    assertThat(found).isEmpty();
  }
}
