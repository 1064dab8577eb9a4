package brimful.source;

import brimful.corpus.DocumentId;
import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One document from a pipe: standard input, a shell's `<(…)`, a named pipe.
///
/// A pipe can be read once only, so it is copied to a temporary file. Its stamp is the hash of its
/// content. For one thread at a time.
public final class PipeSource implements Source {
  /// More than this is not a document; a device such as `/dev/zero` never ends.
  private static final long BYTES_MAX = 256L << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  private final String name;
  private final Opener opener;
  private Optional<Listed.File> read = Optional.empty();
  private Optional<Path> copy = Optional.empty();

  /// Opens the pipe; called once.
  @FunctionalInterface
  public interface Opener {
    InputStream open() throws IOException;
  }

  /// @param name the document's name without its extension
  public PipeSource(String name, Opener opener) {
    this.name = name;
    this.opener = opener;
  }

  /// Returns whether a path can be read but is neither file nor folder.
  public static boolean isPipe(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  @Override
  public synchronized List<Listed> list() {
    if (read.isEmpty()) {
      try {
        read = Optional.of(read());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read %s: write it to a file".formatted(name), e);
      }
    }
    return List.of(read.get());
  }

  private Listed.File read() throws IOException {
    Path file = Files.createTempFile("brimful", ".pipe");
    copy = Optional.of(file);
    MessageDigest hash = Sha256.digest();
    long bytes;
    try (InputStream in = opener.open();
        OutputStream out = new DigestOutputStream(Files.newOutputStream(file), hash)) {
      bytes = copy(in, out);
    }
    String stamp = HexFormat.of().formatHex(hash.digest());
    String whole = name + PipeKind.ending(head(file));
    return new Listed.File(DocumentId.of(whole), stamp, bytes, () -> Files.newInputStream(file))
        .takenBack();
  }

  private long copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      bytes += n;
      if (bytes > BYTES_MAX) {
        throw new UserError(
            UserError.Kind.TOO_LARGE,
            String.format(
                Locale.ROOT,
                "%s has more than %,d bytes: write it to a file, and name that",
                name,
                BYTES_MAX));
      }
      out.write(buffer, 0, n);
    }
    return bytes;
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(PipeKind.HEAD_BYTES);
    }
  }

  @Override
  public String location() {
    return name;
  }

  @Override
  public synchronized void close() {
    try {
      if (copy.isPresent()) {
        Files.deleteIfExists(copy.get());
      }
    } catch (IOException e) {
      // The system cleans up its temporary files, too.
    }
  }
}
