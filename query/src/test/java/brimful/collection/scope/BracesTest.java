package brimful.collection.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BracesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "**/*.{ts,tsx} | **/*.ts **/*.tsx",
        "{src,test}/** | src/** test/**",
        "{a,b}{1,2} | a1 a2 b1 b2",
        "{src,test/{a,b}}/*.md | src/*.md test/a/*.md test/b/*.md",
        "x{,y} | x xy",
        "{id}.tsx | {id}.tsx",
        "{{a,b}}.md | {a}.md {b}.md",
        "{}.md | {}.md",
        "plain | plain"
      })
  void alternativesAreThoseOfAShell(String pattern, String expected) {
    assertThat(String.join(" ", Braces.expanded(pattern))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b | a b",
        "*.{js,md},src/** | *.{js,md} src/**",
        "{a,{b,c}},d | {a,{b,c}} d",
        "x},y | x} y",
        "*.{js,md | *.{js,md"
      })
  void commasInBracesDoNotSplitAList(String list, String expected) {
    assertThat(String.join(" ", Braces.split(list))).isEqualTo(expected);
  }

  @Test
  void aScopeTakesAnyOfThem() {
    var scope = new Scope(List.of("src/*.{js,md}", "document:odd{name"));
    var test = scope.test(Scope.Place.of(0));

    assertThat(test.test(DocumentId.of("src/a.js"))).isTrue();
    assertThat(test.test(DocumentId.of("src/a.md"))).isTrue();
    assertThat(test.test(DocumentId.of("src/a.ts"))).isFalse();
    assertThat(test.test(DocumentId.of("odd{name"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.{js,md", "*.js}", "}{", "{a,{b}"})
  void aBraceWithoutItsOtherOneIsRefused(String pattern) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new Scope(List.of(pattern)))
        .withMessageContaining("\"%s\" has a brace without its other one".formatted(pattern));
  }

  @Test
  void soAreAlternativesWithoutEnd() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new Scope(List.of("{a,b}".repeat(60))))
        .withMessageContaining("braces for more than 500 patterns");
    assertThat(Braces.expanded("{a,b}".repeat(60))).hasSize(501);
    assertThat(Braces.expanded("{".repeat(400) + "}".repeat(400))).hasSize(1);
  }
}
