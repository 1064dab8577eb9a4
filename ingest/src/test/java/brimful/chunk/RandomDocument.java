package brimful.chunk;

import java.util.List;
import java.util.Random;

/// Text that looks like code, prose or neither, with everything in it that is hard to cut.
public final class RandomDocument {
  private static final List<String> PARTS =
      List.of(
          "class Foo",
          "def bar(x):",
          "void run(int a) {",
          "}",
          "{",
          "\"",
          "'",
          "\"\"\"",
          "`",
          "# Title",
          "====",
          "```",
          "/*",
          "*/",
          "//",
          "#if 0",
          "#else",
          "#endif",
          "r#\"",
          "R\"x(",
          "end",
          "fn go() {",
          "func (r *T) Go() {",
          "create table t (",
          "<chunk>",
          "<|im_end|>",
          "｜User",
          "(",
          ")",
          ";",
          "\t",
          "  ",
          "=> {",
          "${",
          "function f() {",
          "<<<EOT",
          "\\",
          "日本語",
          "é",
          "e\u0301",
          "\uD83D\uDE00",
          "\u200D",
          "\uFEFF",
          "\f",
          "words and words",
          "@Override",
          "\r",
          "'\\",
          "@\"",
          "12345",
          "x = 1",
          "impl A for B {",
          "module M = struct",
          "let go x =",
          "(*",
          "*)",
          "{-",
          "-}",
          "class A a where",
          "go :: Int",
          "go = 1",
          "(defun go (",
          "subroutine go",
          "interface",
          "end subroutine",
          "program-id. go.",
          "procedure division.",
          "GO-ON.",
          "resource \"a\" \"b\" {",
          "locals {",
          "<?php",
          "?>",
          "var go: A {",
          "\u2028");

  private RandomDocument() {}

  /// Returns text of up to `linesMax` lines that is not blank.
  public static String of(Random random, int linesMax) {
    var text = new StringBuilder();
    int lines = 1 + random.nextInt(linesMax);
    for (int i = 0; i < lines; i++) {
      int parts = random.nextInt(40) == 0 ? 200 : random.nextInt(5);
      for (int j = 0; j < parts; j++) {
        text.append(PARTS.get(random.nextInt(PARTS.size())));
        text.append(random.nextBoolean() ? " " : "");
      }
      text.append('\n');
    }
    return text.append(random.nextBoolean() ? "last" : "last\n").toString();
  }
}
