package brimful.chunk.outline;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.chunk.RandomDocument;
import brimful.corpus.DocumentId;
import brimful.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OutlinersTest {
  @Test
  void outlinesPython() {
    String text =
        """
        import os

        LIMIT = 3

        @decorated(
            by="x")
        class Store:
            \"""Says.
        def no(): pass
            \"""

            # Comment.
            async def load(self,
                     key):
                def inner():
                    return {
          1: 2}
                return inner

        def main():
            pass

        main()
        """;

    assertThat(OutlineText.of("a.py", text))
        .isEqualTo(
            """
            type Store 5-18
              function load 12-18
                function inner 15-17
            function main 20-21\
            """);
  }

  @Test
  void outlinesRubyLuaAndElixir() {
    assertThat(
            OutlineText.of(
                "a.rb",
                "module A\n  class B\n    def go?\n      if x\n      end\n    end\n  end\nend\n"))
        .isEqualTo("type A 1-8\n  type B 2-7\n    function go? 3-6");
    assertThat(
            OutlineText.of(
                "a.lua", "local function go(a)\n  return 1\nend\n\nfunction M.run()\nend"))
        .isEqualTo("function go 1-3\nfunction run 5-6");
    assertThat(OutlineText.of("a.ex", "defmodule A.B do\n  def go(x) do\n    x\n  end\nend"))
        .isEqualTo("type B 1-5\n  function go 2-4");
  }

  @Test
  void outlinesShell() {
    String text = "#!/bin/sh\n# Says.\ngo() {\n  cat <<E\n}\nE\n}\nfunction run {\n  go\n}\n";

    assertThat(OutlineText.of("run", text)).isEqualTo("function go 2-5\nfunction run 8-10");
  }

  @Test
  void outlinesSqlMakeAndObjectiveC() {
    assertThat(
            OutlineText.of(
                "a.sql",
                "-- Says.\ncreate table if not exists a.\"b\" (\n x int);\n\nCREATE VIEW c AS\nselect 1;"))
        .isEqualTo("type b 1-3\ntype c 5-6");
    assertThat(OutlineText.of("Makefile", "X := 1\n\nall: a b\n\tcc\n\n# Says.\nclean:\n\trm\n"))
        .isEqualTo("function all 3-4\nfunction clean 6-8");
    assertThat(OutlineText.of("a.m", "@implementation A\n- (void)go:(int)x {\n}\n@end"))
        .contains("type A")
        .contains("function go");
  }

  @Test
  void outlinesMarkdown() {
    String text =
        """
        Title
        =====

        Intro.

        ## First ##
        ```sh
        # no heading
        ```
        ### Deep
        x
        ## Second
        y
        """;

    assertThat(OutlineText.of("a.md", text))
        .isEqualTo(
            """
            heading Title 1-13
              heading First 6-11
                block  7-9
                heading Deep 10-11
              heading Second 12-13\
            """);
  }

  @Test
  void outlinesOtherMarkup() {
    assertThat(OutlineText.of("a.rst", "Title\n=====\n\ntext\n\nPart\n----\n\nmore\n"))
        .isEqualTo("heading Title 1-9\n  heading Part 6-9");
    assertThat(OutlineText.of("a.adoc", "= Title\n\n== Part\ntext\n----\n== no\n----\n"))
        .isEqualTo("heading Title 1-7\n  heading Part 3-7\n    block  5-7");
    assertThat(OutlineText.of("a.org", "* Title\n** Part\ntext\n"))
        .isEqualTo("heading Title 1-3\n  heading Part 2-3");
  }

  @Test
  void knowsLanguagesByNameAndByFirstLine() {
    assertThat(Language.of(new DocumentId("x/a.zip!/b/C.JAVA"), "")).isEqualTo(Language.JAVA);
    assertThat(Language.of(new DocumentId("x/Makefile"), "")).isEqualTo(Language.MAKE);
    assertThat(Language.of(new DocumentId("x/run"), "#!/usr/bin/env python3\n"))
        .isEqualTo(Language.PYTHON);
    assertThat(Language.of(new DocumentId("x/run"), "#!/bin/bash -e\n")).isEqualTo(Language.SHELL);
    assertThat(Language.of(new DocumentId("x/a.yml"), "")).isEqualTo(Language.PLAIN);
  }

  @Seeds
  void neverFailsAndNestsProperly(long seed) {
    var random = new Random(seed);
    for (Language language : Language.values()) {
      var lines = Lines.of(RandomDocument.of(random, 30));
      var outline = language.outliner().outline(lines);

      for (int i = 0; i < outline.size(); i++) {
        Definition each = outline.get(i);
        assertThat(each.firstLine()).isBetween(0, each.headerLine());
        assertThat(each.lastLine()).isBetween(each.headerLine(), lines.count() - 1);
        assertThat(each.enclosing()).isLessThan(i);
        if (each.enclosing() >= 0) {
          Definition around = outline.get(each.enclosing());
          assertThat(each.firstLine()).isGreaterThanOrEqualTo(around.firstLine());
          assertThat(each.lastLine()).isLessThanOrEqualTo(around.lastLine());
        }
      }
    }
  }
}
