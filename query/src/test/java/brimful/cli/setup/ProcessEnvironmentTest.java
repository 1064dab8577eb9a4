package brimful.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessEnvironmentTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "utf8", "UTF-16", "GB18030"})
  void saysNothingOfACharsetThatHasAllLetters(String charset) {
    assertThat(ProcessEnvironment.charset(charset, List.of("ask", "größer 设备"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ANSI_X3.4-1968", "US-ASCII", "ISO-8859-1", "windows-1252", "Big5", "no such"})
  void warnsOfACharsetThatLacksLetters(String charset) {
    assertThat(ProcessEnvironment.charset(charset, List.of("ask", ".", "what?")).orElseThrow())
        .startsWith("warning: the locale's charset is " + charset + ", so names of files")
        .contains("set LC_ALL=C.UTF-8");
  }

  @Test
  void refusesAQuestionThatWasLost() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () -> ProcessEnvironment.charset("ANSI_X3.4-1968", List.of("ask", "gr\uFFFD\uFFFDer")))
        .withMessageContaining(
            "\"gr\uFFFD\uFFFDer\" cannot be read, for the locale's charset is ANSI_X3.4-1968: set LC_ALL=C.UTF-8")
        .satisfies(error -> assertThat(error.kind()).isEqualTo(UserError.Kind.USAGE));
  }

  @Test
  void takesAReplacementCharacterForALetterWhereNothingWasLost() {
    assertThat(ProcessEnvironment.charset("UTF-8", List.of("ask", ".", "what is \uFFFD?")))
        .isEmpty();
  }

  @Test
  void asksForNoHomeFolderWhereNoneIsWanted() {
    assertThat(ProcessEnvironment.home(Map.of("BRIMFUL_HOME", "/b"))).isEmpty();
    assertThat(ProcessEnvironment.home(Map.of("XDG_CACHE_HOME", "/c", "XDG_CONFIG_HOME", "/x")))
        .isEmpty();
    assertThat(ProcessEnvironment.home(Map.of("HOME", folder.toString()))).isEmpty();
  }
}
