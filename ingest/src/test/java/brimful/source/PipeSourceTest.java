package brimful.source;

import static brimful.source.Listings.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PipeSourceTest {

  private static PipeSource of(String text) {
    return new PipeSource("stdin", () -> new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @Test
  void isReadOnceAndListedAsOftenAsWanted() {
    var opened = new AtomicInteger();
    try (var source =
        new PipeSource(
            "stdin",
            () -> {
              opened.incrementAndGet();
              return new ByteArrayInputStream("hello".getBytes(UTF_8));
            })) {
      var file = (Listed.File) source.list().getFirst();

      assertThat(text(file)).isEqualTo("hello");
      assertThat(text((Listed.File) source.list().getFirst())).isEqualTo("hello");
      assertThat(file.bytes()).isEqualTo(5);
      assertThat(opened).hasValue(1);
    }
  }

  @Test
  void isToldFromAnotherByItsContent() {
    try (var one = of("a");
        var same = of("a");
        var other = of("b")) {
      String stamp = ((Listed.File) one.list().getFirst()).stamp();

      assertThat(((Listed.File) same.list().getFirst()).stamp()).isEqualTo(stamp);
      assertThat(((Listed.File) other.list().getFirst()).stamp()).isNotEqualTo(stamp);
    }
  }

  @Test
  void whatNeverEndsIsRefused() {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            return length;
          }
        };
    try (var source = new PipeSource("zero", () -> endless)) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(source::list)
          .withMessageContaining("zero has more than")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(UserError.Kind.TOO_LARGE));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "diff --git a/x b/x | stdin.diff",
        "commit 8038b48\\nAuthor: A <a@b.c> | stdin.diff",
        "--- a/x\\n+++ b/x | stdin.diff",
        "{\"a\": 1} | stdin.json",
        "[1, 2] | stdin.json",
        "[note] is text | stdin",
        "<!DOCTYPE html> | stdin.html",
        "<?xml version='1.0'?> | stdin.xml",
        "#!/usr/bin/env python3 | stdin.py",
        "#!/bin/bash | stdin.sh",
        "# Title | stdin.md",
        "just words | stdin"
      })
  void isNamedByHowItBegins(String start, String name) {
    try (var source = of(start.replace("\\n", "\n") + "\n")) {
      assertThat(source.list().getFirst().id().value()).isEqualTo(name);
    }
  }

  @Test
  void twoPipesOfOneNameAreBothRead() {
    List<JoinedSource.Part> parts =
        List.of(
            new JoinedSource.Part("63/", pipe("one")), new JoinedSource.Part("62/", pipe("two")));

    try (Source both = JoinedSource.once(parts, _ -> {})) {
      assertThat(both.list())
          .extracting(listed -> listed.id().value())
          .containsExactly("62/pipe", "63/pipe");
    }
  }

  private static PipeSource pipe(String text) {
    return new PipeSource("pipe", () -> new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
