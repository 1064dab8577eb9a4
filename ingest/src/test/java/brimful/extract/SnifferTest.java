package brimful.extract;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SnifferTest {
  private static Sniffer.Kind kind(String latin1) {
    return Sniffer.kind(latin1.getBytes(ISO_8859_1), "file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "070701 12:00:01 mysqld started\n",
        "0707071,alpha\n0707072,beta\n",
        "070707\n",
        "070702",
        "BZhang reviewed the longkong section.\n",
        "BZh9 is how bzip2 begins.\n",
        "ITSF is the mark of compiled help.\n",
        "BM25 is a ranking function.\n",
        "BM",
        "Rar! cried the lion.\n",
        "ID3 tags are at the start of a song.\n",
        "FORM follows function.\n",
        "FORM 10-K AIFF\n",
        "GIF89a is a format of 1989.\n",
        "GIF87a",
        "OTTO was a king.\n",
        "PK is a primary key.\n",
        "%PDF-1.4 is the header of PDF.\n",
        "%PDF-1.4\nThen come the objects.\n",
        "%PDF- begins a PDF.\n",
        "{\\rtf-like} groups are braces.\n",
        "{\\rtf1 begins RTF.\n",
        "II* is little-endian.\n",
        "MM is big-endian.\n",
        "x\u009f>\" is TNEF.\n",
        "!BDN is Outlook's.\n",
        "RIFF WAVE\n",
        "OggS\n",
        "fLaC is lossless.\n",
        "8BPS\n",
        "MThd\n",
        "wOFF and wOF2\n",
        "7z is small.\n",
        "\u00ffWPC?\n",
        "(\u00b5/\u00e9) text\n",
        "    ftyp text\n",
        "SQLite format 3\n",
      })
  void textThatBeginsLikeAFormatIsText(String text) {
    assertThat(kind(text)).isEqualTo(Sniffer.Kind.TEXT);
  }

  @Test
  void aTextWithTheMarkOfATarInItsPlaceIsText() {
    assertThat(kind("x".repeat(257) + "ustar" + "y".repeat(300))).isEqualTo(Sniffer.Kind.TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n",
        "%PDF-1.4\r\n1 0 obj<</Type/Catalog>>\rendobj\r",
        "PK\u0003\u0004\u0014\u0000\u0000\u0000",
        "PK\u0005\u0006\u0000\u0000\u0000\u0000",
        "{\\rtf1\\ansi Hello}",
        "{\\rtf1 Hello \\b world\\b0}",
        "{\\rtf\\ansi x}",
        "\u001f\u008b\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0003",
        "\u001f\u009d\u0090\u0011",
        "BZh91AY&SY\u0012",
        "BZh9\u0017rE8P\u0090",
        "\u00fd7zXZ\u0000\u0000\u0004",
        "(\u00b5/\u00fd\u0004\u0058",
        "7z\u00bc\u00af'\u001c\u0000\u0004",
        "Rar!\u001a\u0007\u0000",
        "Rar!\u001a\u0007\u0001\u0000",
        "!BDN\u0001\u0002\u0003\u0004SM\u0017\u0000",
        "ITSF\u0003\u0000\u0000\u0000\u0060",
        "x\u009f>\"\u0001\u0002\u0001\u0006\u0090\u0008\u0000",
      })
  void documentsAreKnownByTheFieldsBehindTheirMarks(String start) {
    assertThat(kind(start)).isEqualTo(Sniffer.Kind.DOCUMENT);
  }

  @Test
  void archivesThatToolsWroteAreDocuments() {
    byte[] text = "x\n".getBytes(US_ASCII);
    String odc = "070707" + "000001000002100644000000000000000001" + "0".repeat(40) + "a\0";
    String newc = "070701" + "0000000A".repeat(13) + "a\0";

    assertThat(Sniffer.kind(Samples.zip(Map.of("a", text)), "a")).isEqualTo(Sniffer.Kind.DOCUMENT);
    assertThat(Sniffer.kind(Samples.tgz("a", text), "a")).isEqualTo(Sniffer.Kind.DOCUMENT);
    assertThat(kind(odc)).isEqualTo(Sniffer.Kind.DOCUMENT);
    assertThat(kind(newc)).isEqualTo(Sniffer.Kind.DOCUMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GIF89a\u0001\u0000\u0001\u0000\u0080\u0000\u0000",
        "II*\u0000\u0008\u0000\u0000\u0000",
        "ID3\u0003\u0000\u0000\u0000\u0000\u000f\u0076\u0000",
        "OTTO\u0000\u000b\u0000\u0080",
        "RIFF\u0024\u0000\u0000\u0000WAVEfmt \u0010\u0000",
        "FORM\u0000\u0000\u0000\u0010AIFFCOMM\u0000",
        "BM\u0036\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0036\u0000\u0000\u0000\u0028\u0000\u0000\u0000",
        "\u0000\u0000\u0000\u0018ftypmp42\u0000\u0000\u0000\u0000",
      })
  void mediaAreMedia(String start) {
    assertThat(kind(start)).isEqualTo(Sniffer.Kind.MEDIA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u007fELF\u0002\u0001\u0001\u0000\u0000",
        "!<arch>\n/  0  ",
        "\u0000\u0001CD001\u0001\u0000LINUX",
        "SQLite format 3\u0000\u0010\u0000",
      })
  void programsAndDataAreBinary(String start) {
    assertThat(kind(start)).isEqualTo(Sniffer.Kind.BINARY);
  }

  @Test
  void gapsOfNulsInTextAreOnlyGaps() {
    String log = "2024-05-01 12:00:01 service started, all is well\n".repeat(200);
    String gap = "\0".repeat(20_000);

    assertThat(shown(extract("a.log", gap + log))).startsWith("a.log 1-200: 2024-05-01");
    assertThat(shown(extract("a.log", log + gap))).startsWith("a.log 1-200: 2024-05-01");
    assertThat(shown(extract("a.log", log.substring(0, 490) + gap + log)))
        .startsWith("a.log 1-210: 2024-05-01");
    assertThat(shown(extract("a.log", "\0".repeat(300) + "short\n")))
        .isEqualTo("a.log 1-1: short/");
    assertThat(shown(extract("a.txt", "text\n\0"))).isEqualTo("a.txt 1-1: text/");
  }

  @Test
  void zerosAndProgramsBehindThemAreBinary() throws java.io.IOException {
    var disk = new ByteArrayOutputStream();
    disk.write(new byte[32_768]);
    disk.write("\u0001CD001\u0001\0LINUX  ".getBytes(ISO_8859_1));
    disk.write(new byte[2_000]);

    assertThat(outcome(extract("a", new byte[30_000]))).isEqualTo("skipped: binary");
    assertThat(outcome(extract("a", new byte[20]))).isEqualTo("skipped: binary");
    assertThat(outcome(extract("a", "\0\1\2\3\0\0"))).isEqualTo("skipped: binary");
    assertThat(outcome(extract("a", "\0\1\2\3\0\0\7"))).isEqualTo("skipped: binary");
    assertThat(outcome(extract("a", disk.toByteArray()))).isEqualTo("skipped: binary");
    assertThat(outcome(extract("a", "name\0value\0other\0"))).isEqualTo("skipped: binary");
  }

  @Seeds
  void randomBytesAreNoText(long seed) {
    var random = new Random(seed);
    var bytes = new byte[512 + random.nextInt(4_000)];
    random.nextBytes(bytes);
    bytes[0] = (byte) 0xaa;

    assertThat(Sniffer.kind(bytes, "a")).isIn(Sniffer.Kind.BINARY, Sniffer.Kind.MEDIA);
  }

  @Test
  void pixelsAreNoText() {
    assertThat(List.of("P6\n2 2\n255\n\u00ff\u00fe", "P4 8 2 \u00ff", "P1\n# x\n2 2\n0 1\n1 0\n"))
        .allSatisfy(it -> assertThat(kind(it)).isEqualTo(Sniffer.Kind.MEDIA));
    assertThat(List.of("PF\n2 2\n-1.0\n\u00ff", "/* XPM */\nstatic char *x[] = {"))
        .allSatisfy(it -> assertThat(kind(it)).isEqualTo(Sniffer.Kind.MEDIA));
    assertThat(List.of("P1 10 20 issues are open\n", "P5 1 2 3 things\n", "P3" + " ".repeat(8_000)))
        .allSatisfy(it -> assertThat(kind(it)).isEqualTo(Sniffer.Kind.TEXT));
  }
}
