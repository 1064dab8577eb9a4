package brimful.extract.archive;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.members;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import brimful.extract.Archives;
import brimful.extract.Extraction;
import brimful.extract.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Archives that end early, or are locked, or say less of their members than usual.
final class CutArchivesTest {
  private static final int TAR_BLOCK = 512;

  /// Words that do not compress to nothing, so that half of an archive holds about half of them.
  private static byte[] words(long seed, int count) {
    return new Random(seed)
        .ints(count, 0, 100_000)
        .mapToObj(number -> "word" + number)
        .collect(joining("\n"))
        .getBytes(UTF_8);
  }

  private static List<Archives.Entry> entries(int count, int words) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Archives.Entry(i + ".txt", words(i, words)))
        .toList();
  }

  private static byte[] start(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private static int find(byte[] bytes, String signature) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(signature);
  }

  @Test
  void aZipWithoutItsDirectoryGivesItsMembersAndSaysThatItWasCut() {
    byte[] zip = Archives.zip(entries(3, 100));

    Extraction bare = extract("a.zip", start(zip, find(zip, "PK\u0001\u0002")));
    Extraction half = extract("a.zip", start(zip, find(zip, "PK\u0001\u0002") + 60));
    Extraction torn = extract("a.zip", start(zip, zip.length / 2));

    assertThat(outcome(bare)).isEqualTo("truncated: 3 members, then: the file ends early");
    assertThat(members(bare))
        .containsExactly(
            entry("a.zip!/0.txt", "indexed"),
            entry("a.zip!/1.txt", "indexed"),
            entry("a.zip!/2.txt", "indexed"));
    assertThat(outcome(half)).isEqualTo("truncated: 3 members, then: the file ends early");
    assertThat(outcome(torn)).isEqualTo("truncated: 1 member, then: the file ends early");
    assertThat(outcome(extract("a.zip", zip))).isEqualTo("indexed");
  }

  @ParameterizedTest
  @CsvSource({
    "IBM437, Müller/Übersicht.txt, naïve café.txt, señor.txt",
    "IBM850, Größe/Maßstab.txt, Árvore ação.txt, für.txt",
    "IBM852, Příloha č. 3.txt, Smlouva o dílo.txt, Žluťoučký kůň.txt",
    "IBM866, Отчёт за май.txt, Договор аренды.txt, Смета.txt",
    "GBK, 年度报告.txt, 合同/说明书.txt, 发票.txt"
  })
  void namesAreDecodedWithOrWithoutTheDirectory(
      String charset, String first, String second, String third) {
    List<Archives.Entry> entries =
        IntStream.range(0, 3)
            .mapToObj(i ->
                new Archives.Entry(
                    Archives.bytes(List.of(first, second, third).get(i), charset), "text " + i))
            .toList();
    byte[] zip = Archives.zip(entries);
    String[] names =
        List.of(first, second, third).stream().map(name -> "a.zip!/" + name).toArray(String[]::new);

    assertThat(members(extract("a.zip", zip))).containsOnlyKeys(names);
    assertThat(members(extract("a.zip", start(zip, find(zip, "PK\u0001\u0002")))))
        .containsOnlyKeys(names);
  }

  @Test
  void aTarThatEndsBetweenTwoMembersWasCut() {
    byte[] tar = Archives.tar(entries(3, 200));
    int member = TAR_BLOCK + (words(0, 200).length + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
    int end = tar.length;
    while (tar[end - 1] == 0) {
      end--;
    }
    end = (end + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;

    assertThat(outcome(extract("a.tar", start(tar, member))))
        .isEqualTo("truncated: 1 member, then: the file ends early");
    assertThat(outcome(extract("a.tar", start(tar, end))))
        .isEqualTo("truncated: 3 members, then: the file ends early");
    assertThat(outcome(extract("a.tar", start(tar, end + TAR_BLOCK))))
        .as("some programs write one block of zeros only")
        .isEqualTo("indexed");
    assertThat(outcome(extract("a.tgz", Archives.gz(new Archives.Entry("", start(tar, member))))))
        .isEqualTo("truncated: 1 member, then: the file ends early");
  }

  @ParameterizedTest
  @CsvSource({"gz, gz", "bzip2, bz2", "xz, xz", "zstd, zst"})
  void aCompressedTarThatWasCutCountsMembers(String name, String ending)
      throws IOException, CompressorException {
    byte[] tar = Archives.tar(entries(5, 50_000));
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        new CompressorStreamFactory().createCompressorOutputStream(name, bytes)) {
      out.write(tar);
    }
    byte[] whole = bytes.toByteArray();

    Extraction half = extract("a.tar." + ending, start(whole, whole.length * 2 / 3));
    Extraction most = extract("a.tar." + ending, start(whole, whole.length - 3));

    assertThat(outcome(half)).matches("truncated: [123] members?, then: the file ends early");
    assertThat(members(half).values()).contains("indexed");
    assertThat(outcome(most)).matches("truncated: [45] members, then: the file ends early");
    assertThat(outcome(extract("a.tar." + ending, whole))).isEqualTo("indexed");
  }

  private static byte[] sevenZip(char... password) throws IOException {
    var channel = new SeekableInMemoryByteChannel();
    try (var out =
        password.length == 0
            ? new SevenZOutputFile(channel)
            : new SevenZOutputFile(channel, password)) {
      for (Archives.Entry each : entries(2, 100)) {
        var header = new SevenZArchiveEntry();
        header.setName("d/" + each.name());
        out.putArchiveEntry(header);
        out.write(each.content());
        out.closeArchiveEntry();
      }
    }
    return start(channel.array(), (int) channel.size());
  }

  @Test
  void aSevenZipNeedsNoTimes() throws IOException {
    Extraction read = extract("a.7z", sevenZip());

    assertThat(outcome(read)).isEqualTo("indexed");
    assertThat(members(read))
        .containsExactly(entry("a.7z!/d/0.txt", "indexed"), entry("a.7z!/d/1.txt", "indexed"));
  }

  @Test
  void aLockedSevenZipIsEncryptedAndSoIsEachMember() throws IOException {
    Extraction locked = extract("a.7z", sevenZip('s', 'e', 's', 'a', 'm', 'e'));

    assertThat(outcome(locked)).isEqualTo("encrypted");
    assertThat(members(locked))
        .containsExactly(entry("a.7z!/d/0.txt", "encrypted"), entry("a.7z!/d/1.txt", "encrypted"));
    assertThat(outcome(extract("a.7z", Archives.resource("archive/locked-names.7z"))))
        .isEqualTo("encrypted");
  }

  @Test
  void aSevenZipThatWasCutSaysSo() throws IOException {
    byte[] whole = sevenZip();

    assertThat(outcome(extract("a.7z", start(whole, whole.length / 2))))
        .isEqualTo("failed: the file ends early");
    assertThat(outcome(extract("a.7z", start(whole, 20)))).isEqualTo("failed: the file ends early");
  }

  @Test
  void compressedFilesBehindEachOtherAreOne() {
    byte[] one = Samples.gz("one\n".getBytes(UTF_8));
    byte[] two = Samples.gz("two\n".getBytes(UTF_8));
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);

    Extraction extraction = extract("a.log.gz", both);
    Extraction padded = extract("a.log.gz", Arrays.copyOf(one, one.length + 512));

    assertThat(shown(extraction)).isEqualTo("a.log.gz!/a.log 1-2: one/two/");
    assertThat(outcome(extraction)).isEqualTo("indexed");
    assertThat(shown(padded)).isEqualTo("a.log.gz!/a.log 1-1: one/");
    assertThat(outcome(padded)).isEqualTo("indexed");
  }

  @Test
  void aZipThatIsADocumentByItsNameAloneIsAnArchive() {
    for (String name : List.of("a.docx", "a.xlsx", "a.pptx", "a.odt", "a.epub")) {
      byte[] zip = Samples.zip(Map.of("notes.txt", "The valve is green.".getBytes(UTF_8)));

      assertThat(members(extract(name, zip)))
          .containsExactly(entry(name + "!/notes.txt", "indexed"));
    }
  }
}
