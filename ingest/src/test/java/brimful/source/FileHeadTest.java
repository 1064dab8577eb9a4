package brimful.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FileHeadTest {
  @Test
  void textIsTextInAnyEncoding() {
    String text = ".model D1N4148 D (IS=2.52n) ; größer\r\n";

    assertThat(FileHead.isText(text.getBytes(UTF_8))).isTrue();
    assertThat(FileHead.isText(text.getBytes(ISO_8859_1))).isTrue();
    assertThat(FileHead.isText(text.getBytes(UTF_16LE))).isTrue();
    assertThat(FileHead.isText(text.getBytes(UTF_16BE))).isTrue();
    assertThat(FileHead.isText((text + "\0".repeat(500) + text).getBytes(UTF_8))).isTrue();
  }

  @Test
  void programsAreNot() {
    assertThat(FileHead.isText(new byte[0])).isFalse();
    assertThat(FileHead.isText(new byte[100])).isFalse();
    assertThat(FileHead.isText("!<arch>\n//  20  `\n".getBytes(UTF_8))).isFalse();
    assertThat(FileHead.isText("\u007fELF\u0002\u0001\u0001\0\0\0".getBytes(UTF_8))).isFalse();
    assertThat(FileHead.isText("PK\u0003\u0004\0\0archive/data.pkl".getBytes(UTF_8))).isFalse();
    assertThat(FileHead.isText("one\0two\0three\0four".getBytes(UTF_8))).isFalse();
  }

  @Seeds
  void randomBytesAreNot(long seed) {
    var bytes = new byte[1_000];
    new Random(seed).nextBytes(bytes);

    assertThat(FileHead.isText(bytes)).isFalse();
  }
}
