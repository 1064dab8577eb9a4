package brimful.extract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream.UnicodeExtraFieldPolicy;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/// Makes archives and mails whose members are called as nobody would call them.
///
/// All names are bytes, given as the Latin-1 text of them.
public final class Archives {
  private Archives() {}

  /// A member: its name, and what is in it.
  public record Entry(String name, byte[] content) {
    public Entry(String name, String content) {
      this(name, content.getBytes(UTF_8));
    }
  }

  /// Returns the Latin-1 text of a name in some encoding.
  public static String bytes(String name, String charset) {
    return new String(name.getBytes(java.nio.charset.Charset.forName(charset)), ISO_8859_1);
  }

  /// Returns a zip in which nothing says how its names are encoded.
  public static byte[] zip(List<Entry> entries) {
    return zip(entries, ISO_8859_1.name(), false);
  }

  /// Returns a zip whose names are text in an encoding.
  ///
  /// @param unicode whether it says them in Unicode besides
  public static byte[] zip(List<Entry> entries, String charset, boolean unicode) {
    try (var bytes = new ByteArrayOutputStream()) {
      try (var out = new ZipArchiveOutputStream(bytes)) {
        out.setEncoding(charset);
        out.setUseLanguageEncodingFlag(charset.equals(UTF_8.name()));
        out.setCreateUnicodeExtraFields(
            unicode ? UnicodeExtraFieldPolicy.ALWAYS : UnicodeExtraFieldPolicy.NEVER);
        for (Entry entry : entries) {
          out.putArchiveEntry(new ZipArchiveEntry(entry.name()));
          out.write(entry.content());
          out.closeArchiveEntry();
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] tar(List<Entry> entries) {
    try (var bytes = new ByteArrayOutputStream()) {
      try (var out = new TarArchiveOutputStream(bytes, ISO_8859_1.name())) {
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        for (Entry entry : entries) {
          var header = new TarArchiveEntry(entry.name(), true);
          header.setSize(entry.content().length);
          out.putArchiveEntry(header);
          out.write(entry.content());
          out.closeArchiveEntry();
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] gz(Entry entry) {
    try (var bytes = new ByteArrayOutputStream()) {
      var parameters = new GzipParameters();
      parameters.setFileNameCharset(ISO_8859_1);
      parameters.setFileName(entry.name());
      try (var out = new GzipCompressorOutputStream(bytes, parameters)) {
        out.write(entry.content());
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns a mail whose attachments are called as their headers say, word for word.
  public static byte[] mail(List<Entry> attachments) {
    var mail = new StringBuilder();
    mail.append("From: a@example.org\r\nSubject: files\r\nMIME-Version: 1.0\r\n");
    mail.append("Content-Type: multipart/mixed; boundary=Q\r\n\r\n");
    mail.append("--Q\r\nContent-Type: text/plain\r\n\r\nBody about sorrel.\r\n");
    for (Entry each : attachments) {
      mail.append("--Q\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; ");
      mail.append(each.name()).append("\r\n\r\n");
      mail.append(new String(each.content(), ISO_8859_1)).append("\r\n");
    }
    return mail.append("--Q--\r\n").toString().getBytes(ISO_8859_1);
  }

  /// Returns a file that lies beside the tests.
  public static byte[] resource(String name) {
    try (InputStream in = Objects.requireNonNull(Archives.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
