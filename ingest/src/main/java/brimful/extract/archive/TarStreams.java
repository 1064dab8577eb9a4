package brimful.extract.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ArchiveStreamFactory;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// Opens archives that are read as streams, with names as Latin-1, and tells a tar that was cut
/// between two members from a whole one: the latter ends with a block of zeros.
///
/// For one archive.
public final class TarStreams extends ArchiveStreamFactory {
  private Optional<Ended> tar = Optional.empty();

  public TarStreams() {
    super(ISO_8859_1.name());
  }

  // The caller's type variable; a tar stream is what it asked for by the name.
  @SuppressWarnings("unchecked")
  @Override
  public <I extends ArchiveInputStream<? extends ArchiveEntry>> I createArchiveInputStream(
      String name, InputStream in, String encoding) throws ArchiveException {
    if (!TAR.equalsIgnoreCase(name)) {
      return super.createArchiveInputStream(name, in, encoding);
    }
    var opened = new Ended(in);
    tar = Optional.of(opened);
    return (I) opened;
  }

  /// Tells whether the member that is being read is a link, symbolic or hard, which has no content.
  public boolean isAtLink() {
    return tar.map(TarArchiveInputStream::getCurrentEntry)
        .filter(entry -> entry.isSymbolicLink() || entry.isLink())
        .isPresent();
  }

  /// A tar that must have its end.
  private static final class Ended extends TarArchiveInputStream {
    private boolean ended;

    Ended(InputStream in) {
      super(in, ISO_8859_1.name());
    }

    @Override
    protected boolean isEOFRecord(byte[] block) {
      // No block at all is the end, too, but for the format it is not.
      boolean end = super.isEOFRecord(block);
      ended |= end && block != null;
      return end;
    }

    @Override
    public @Nullable TarArchiveEntry getNextEntry() throws IOException {
      TarArchiveEntry next = super.getNextEntry();
      if (next == null && !ended) {
        throw new EOFException("a tar without its end");
      }
      return next;
    }
  }
}
