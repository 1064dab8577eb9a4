package brimful.extract.format;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is not read is called by its name.
final class FormatNamesTest {
  /// Bytes that are no text.
  private static byte[] file(String start) {
    byte[] head = start.getBytes(ISO_8859_1);
    byte[] whole = Arrays.copyOf(head, head.length + 2_000);
    for (int i = head.length; i < whole.length; i++) {
      whole[i] = (byte) (i * 31 % 7);
    }
    return whole;
  }

  @ParameterizedTest
  @CsvSource({
    "a.mdb, '\u0000\u0001\u0000\u0000Standard Jet DB\u0000', Microsoft Access",
    "a.db, 'SQLite format 3\u0000', SQLite",
    "a.parquet, 'PAR1\u0000', Apache Parquet",
    "data, 'PAR1\u0000', Apache Parquet",
    "a.h5, '\u0089HDF\r\n\u001a\n', HDF5",
    "a.dwg, 'AC1032\u0000\u0000', AutoCAD drawing",
    "a.wk1, '\u0000\u0000\u0002\u0000\u0006\u0004\u0006\u0000\u0008\u0000', 'Lotus 1-2-3, version 2'",
    "a.orc, 'ORC\u0000\u0001', Apache ORC",
  })
  void aKnownFormatHasAName(String name, String start, String format) {
    assertThat(outcome(extract(name, file(start))))
        .isEqualTo("skipped: unsupported format: " + format);
  }

  @Test
  void aProjectPlanGivesNoTextAndSaysWhatItIs() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var ole = new POIFSFileSystem()) {
      for (String part : new String[] {"\u0001CompObj", "Props14", "   114"}) {
        ole.createDocument(new ByteArrayInputStream(new byte[600]), part);
      }
      ole.writeFilesystem(bytes);
    }

    assertThat(outcome(extract("a.mpp", bytes.toByteArray())))
        .isEqualTo("skipped: unsupported format: Microsoft Project");
  }

  @Test
  void programsAndUnknownBytesAreBinary() {
    assertThat(outcome(extract("a", file("\u007fELF\u0002\u0001\u0001\u0000"))))
        .isEqualTo("skipped: binary");
    assertThat(outcome(extract("a.dat", file("\u0001\u0002\u0000")))).isEqualTo("skipped: binary");
    assertThat(outcome(extract("a.txt", new byte[5_000]))).isEqualTo("skipped: binary");
    assertThat(outcome(extract("a.txt", new byte[10]))).isEqualTo("skipped: binary");
  }

  @Test
  void aPackageOfPagesWithAPasswordIsEncrypted() {
    byte[] part = "secret".getBytes(UTF_8);
    byte[] locked = Samples.zip(Map.of("Index/Document.iwa", part, ".iwpv2", part, ".iwph", part));

    assertThat(outcome(extract("a.pages", locked))).isEqualTo("encrypted");
  }
}
