package brimful.extract.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.WellFormed;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;
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
  private static final int TARGET_CHARS_MAX = 200;
  private static final char REPLACEMENT = '\uFFFD';
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}\\x{2028}\\x{2029}]++");

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

  /// Returns that the member that is being read is a link, symbolic or hard, which has no content,
  /// and where it leads; empty for others.
  public Optional<String> link() {
    return tar.map(TarArchiveInputStream::getCurrentEntry)
        .filter(entry -> entry.isSymbolicLink() || entry.isLink())
        .map(entry -> "link to " + shown(entry.getLinkName()));
  }

  /// The name is bytes, and foreign.
  private static String shown(String name) {
    String decoded = new String(name.getBytes(ISO_8859_1), UTF_8);
    String text = decoded.indexOf(REPLACEMENT) < 0 ? decoded : name;
    String plain = CONTROLS.matcher(text).replaceAll(" ").strip();
    return plain.length() <= TARGET_CHARS_MAX
        ? plain
        : WellFormed.start(plain, TARGET_CHARS_MAX) + "…";
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
