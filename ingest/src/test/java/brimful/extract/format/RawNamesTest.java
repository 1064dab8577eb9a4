package brimful.extract.format;

import static brimful.extract.Archives.bytes;
import static brimful.extract.Archives.gz;
import static brimful.extract.Archives.mail;
import static brimful.extract.Archives.resource;
import static brimful.extract.Archives.tar;
import static brimful.extract.Archives.zip;
import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.members;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Archives.Entry;
import brimful.extract.Extraction;
import brimful.extract.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RawNamesTest {
  private static final String UTF = UTF_8.name();

  /// Returns what the members of an archive are called, all of which must have been read.
  private static Set<String> names(String archive, byte[] bytes) {
    Extraction extraction = extract(archive, bytes);
    assertThat(outcome(extraction)).isEqualTo("indexed");
    assertThat(members(extraction).values()).containsOnly("indexed");
    return members(extraction).keySet();
  }

  private static byte[] zipOf(String... names) {
    return zip(Stream.of(names).map(name -> new Entry(name, "text of " + name)).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "cp850.zip, Übersicht.txt",
    "cp850-lower.zip, für.txt",
    "cp866.zip, Договор.txt",
    "newline.zip, new\\x0Aline.txt"
  })
  void readsZipsThatDoNotSayTheirEncoding(String zip, String name) {
    assertThat(names(zip, resource(zip))).contains(zip + "!/" + name).hasSizeGreaterThan(1);
  }

  @Test
  void readsZipsThatSayTheirEncoding() {
    List<Entry> entries = List.of(new Entry("für.txt", "x"), new Entry("設備.txt", "y"));
    List<Entry> western = List.of(new Entry("ø³.txt", "x"), new Entry("Übersicht.txt", "y"));

    assertThat(names("a.zip", zip(entries, UTF, false)))
        .containsExactly("a.zip!/für.txt", "a.zip!/設備.txt");
    assertThat(names("a.zip", zip(western, "IBM850", true)))
        .containsExactly("a.zip!/Übersicht.txt", "a.zip!/ø³.txt");
  }

  @Test
  void aBackslashInsideACharacterIsNone() {
    String name = "表/仕様表ソフト.txt";

    assertThat(names("a.zip", zipOf(bytes(name, "windows-31j")))).containsExactly("a.zip!/" + name);
  }

  @Test
  void bytesThatReadAsNothingStayBytes() {
    String noise = "a\u00b1\u00b2\u00fe\u00ff\u00a4\u00b3x";

    assertThat(names("a.zip", zipOf(noise, "b")))
        .containsExactly("a.zip!/a\\xB1\\xB2\\xFE\\xFF\\xA4\\xB3x", "a.zip!/b");
  }

  @Test
  void noMemberCanTakeTheIdOfAnother() {
    byte[] inner = zipOf("a.txt");
    byte[] outer =
        zip(
            List.of(
                new Entry("in.zip", inner),
                new Entry("in.zip!/a.txt", "forged"),
                new Entry("/in.zip!/a.txt", "forged again"),
                new Entry("in.zip\\x21/a.txt", "forged by an escape")));

    assertThat(shown(extract("o.zip", outer)))
        .contains(
            "o.zip!/in.zip!/a.txt 1-1: text of a.txt",
            "o.zip!/in.zip\\x21/a.txt 1-1: forged",
            "o.zip!/in.zip\\x21/a.txt~2 1-1: forged again");
    assertThat(names("o.zip", outer)).hasSize(5);
  }

  @Test
  void readsTarsOfAnyEncoding() {
    assertThat(names("ctrl.tar", resource("ctrl.tar")))
        .containsExactly("ctrl.tar!/bad\\x01name.txt", "ctrl.tar!/ok.txt", "ctrl.tar!/ok2.txt");
    assertThat(names("a.tar", tar(List.of(new Entry(bytes("größe.txt", UTF), "x")))))
        .containsExactly("a.tar!/größe.txt");
    assertThat(names("a.tar", tar(List.of(new Entry("größe.txt", "x"), new Entry("b", "y")))))
        .containsExactly("a.tar!/b", "a.tar!/größe.txt");
    assertThat(names("a.tar", tar(List.of(new Entry(bytes("отчет.txt", "KOI8-R"), "x")))))
        .containsExactly("a.tar!/отчет.txt");
    assertThat(names("a.tar", tar(List.of(new Entry(bytes("設".repeat(60) + ".txt", UTF), "long")))))
        .containsExactly("a.tar!/" + "設".repeat(60) + ".txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1"})
  void readsTheNameInACompressedFile(String charset) {
    byte[] gz = gz(new Entry(bytes("Größe für alle.txt", charset), "x"));

    assertThat(names("a.gz", gz)).containsExactly("a.gz!/Größe für alle.txt");
  }

  @Test
  void aCompressedFileWithoutANameHasThatOfItsArchive() {
    byte[] gz = Samples.gz("x".getBytes(UTF_8));

    assertThat(names("d/f\\xFCr.txt.gz", gz)).containsExactly("d/f\\xFCr.txt.gz!/f\\xFCr.txt");
    assertThat(names("d/a.txt.gz", gz)).containsExactly("d/a.txt.gz!/a.txt");
  }

  @Test
  void readsAMailWhateverItsAttachmentsAreCalled() {
    Extraction mail = extract("ctrl.eml", resource("ctrl.eml"));

    assertThat(shown(mail))
        .contains(
            "Body of the mail about sorrel.",
            "ctrl.eml!/a\\x09\\x0Ab.csv 1-2: x;y/1;2",
            "ctrl.eml!/etc/abs.csv 1-1: q;w");
    assertThat(outcome(mail)).isEqualTo("indexed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filename=\"John\u0092s report.csv\" | John’s report.csv",
        "filename=\"Gr\u00f6\u00dfe.csv\" | Größe.csv",
        "filename=\"Gr\u00c3\u00b6\u00c3\u009fe.csv\" | Größe.csv",
        "filename=\"M\u0081ller.csv\" | Müller.csv",
        "filename=\"=?ISO-8859-1?Q?a=81b?=.csv\" | a\\u{81}b.csv",
        "filename*=UTF-8''%e2%82%ac%20rates.csv | € rates.csv",
        "filename*0*=UTF-8''%C3%9C; filename*1=bersicht.csv | Übersicht.csv",
        "filename=\"=?ISO-8859-1?Q?f=FCr?= .csv\" | für .csv",
        "filename=\"=?ISO-8859-1?Q?=B0=FC.csv?=\" | °ü.csv",
        "filename=\"=?UTF-8?B?YeKArmIuY3N2?=\" | a\\u{202E}b.csv",
        "filename=\"..\" | \\x2E\\x2E",
        "filename=\"../../up.csv\" | \\x2E\\x2E/\\x2E\\x2E/up.csv",
        "filename=\"con\" | con",
      })
  void readsTheNamesOfAttachments(String parameter, String name) {
    byte[] mail = mail(List.of(new Entry(parameter, "x;y")));

    assertThat(shown(extract("m.eml", mail)))
        .contains("Body about sorrel.", "m.eml!/" + name + " ");
  }

  @Test
  void attachmentsOfOneNameAreToldApart() {
    String parameter = "filename=\"%s\"";
    byte[] mail =
        mail(
            Stream.of("a.csv", "A.csv", "a.csv", " ", "", "x".repeat(10_000), "x".repeat(10_000))
                .map(name -> new Entry(parameter.formatted(name), "x;" + name.length()))
                .toList());

    Extraction extraction = extract("m.eml", mail);

    Set<String> names = members(extraction).keySet();
    assertThat(names).contains("m.eml!/a.csv", "m.eml!/A.csv", "m.eml!/a.csv~2").hasSize(5);
    // What has no name is the mail's own text.
    assertThat(shown(extraction)).contains("sorrel.//x;1//x;0", "m.eml!/a.csv~2 1-1: x;5");
    assertThat(names).allMatch(name -> name.length() < 600);
  }

  @Test
  void thousandsOfMembersOfOneNameAreToldApart() {
    String[] names = new String[900];
    Arrays.fill(names, "a.txt");

    assertThat(names("a.zip", zipOf(names))).hasSize(900).contains("a.zip!/a.txt~900");
  }
}
