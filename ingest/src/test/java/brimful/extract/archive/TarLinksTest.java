package brimful.extract.archive;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.members;
import static brimful.extract.Extractions.outcome;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Archives;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

final class TarLinksTest {
  private static final Map<String, String> MEMBERS =
      Map.of(
          "a.tar!/read.txt", "indexed",
          "a.tar!/none.txt", "skipped: empty",
          "a.tar!/soft.txt", "skipped: link to größe .txt",
          "a.tar!/hard.txt", "skipped: link to read.txt");

  private static byte[] tar() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new TarArchiveOutputStream(bytes, UTF_8.name())) {
      byte[] words = "Some words.".getBytes(UTF_8);
      var file = new TarArchiveEntry("read.txt");
      file.setSize(words.length);
      out.putArchiveEntry(file);
      out.write(words);
      out.closeArchiveEntry();
      out.putArchiveEntry(new TarArchiveEntry("none.txt"));
      out.closeArchiveEntry();
      link(out, "soft.txt", TarConstants.LF_SYMLINK, "größe\n\u202E.txt");
      link(out, "hard.txt", TarConstants.LF_LINK, "read.txt");
    }
    return bytes.toByteArray();
  }

  private static void link(TarArchiveOutputStream out, String name, byte kind, String to)
      throws IOException {
    var link = new TarArchiveEntry(name, kind);
    link.setLinkName(to);
    out.putArchiveEntry(link);
    out.closeArchiveEntry();
  }

  @Test
  void linksAreNoEmptyFiles() throws IOException {
    assertThat(members(extract("a.tar", tar()))).isEqualTo(MEMBERS);
    assertThat(outcome(extract("a.tar", tar()))).isEqualTo("indexed");
  }

  @Test
  void linksOfACompressedTarAreNoEmptyFiles() throws IOException {
    byte[] compressed = Archives.gz(new Archives.Entry("a.tar", tar()));

    assertThat(members(extract("a.tar.gz", compressed)).values())
        .containsExactlyInAnyOrderElementsOf(MEMBERS.values());
  }
}
