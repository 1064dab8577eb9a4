package brimful.extract.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Reads 7z archives. Tika's parser asks each member for its time, and fails if there is none.
///
/// The names of an archive are known before its content, so members that need a password are listed
/// as such, unless their names need it too.
public final class SevenZipParser implements Parser {
  private static final long serialVersionUID = 1L;

  private static final int SIGNATURE_HEADER_BYTES = 32;
  private static final int NEXT_HEADER_AT = 12;

  /// What a decoder may need: dictionaries of 256 MiB are the largest that 7-Zip's levels use.
  private static final int MEMORY_KIB_MAX = 320 << 10;

  @Override
  public Set<MediaType> getSupportedTypes(ParseContext context) {
    return Set.of(MediaType.application("x-7z-compressed"));
  }

  @Override
  public void parse(InputStream in, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException, EncryptedDocumentException {
    EmbeddedDocumentExtractor members = context.get(EmbeddedDocumentExtractor.class);
    Path file = TikaInputStream.cast(in).getPath();
    requireWhole(file);
    try (SevenZFile archive =
        SevenZFile.builder().setPath(file).setMaxMemoryLimitKiB(MEMORY_KIB_MAX).get()) {
      handler.startDocument();
      read(archive, members, handler);
      handler.endDocument();
    } catch (PasswordRequiredException e) {
      throw new EncryptedDocumentException(e);
    }
  }

  /// The list of members is at the end, so nothing can be read of an archive that was cut.
  private static void requireWhole(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer head = ByteBuffer.allocate(SIGNATURE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      while (head.hasRemaining() && channel.read(head) >= 0) {
        // A read may give less than what is asked for.
      }
      long end = SIGNATURE_HEADER_BYTES;
      if (!head.hasRemaining()) {
        end += head.getLong(NEXT_HEADER_AT) + head.getLong(NEXT_HEADER_AT + Long.BYTES);
      }
      if (channel.size() < end) {
        throw new EOFException("a 7z archive of %s bytes ends early".formatted(end));
      }
    }
  }

  private static void read(
      SevenZFile archive, EmbeddedDocumentExtractor members, ContentHandler handler)
      throws IOException, SAXException {
    for (SevenZArchiveEntry entry : archive.getEntries()) {
      if (entry.isDirectory() || entry.isAntiItem()) {
        continue;
      }
      var metadata = new Metadata();
      String name = entry.getName() == null ? "" : entry.getName().replace('\\', '/');
      metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
      metadata.set(TikaCoreProperties.INTERNAL_PATH, name);
      if (members.shouldParseEmbedded(metadata)) {
        try (InputStream content = content(archive, entry)) {
          members.parseEmbedded(content, handler, metadata, false);
        }
      }
    }
  }

  private static InputStream content(SevenZFile archive, SevenZArchiveEntry entry) {
    if (!entry.hasStream()) {
      return InputStream.nullInputStream();
    }
    try {
      return archive.getInputStream(entry);
    } catch (IOException e) {
      return new Unreadable(e);
    }
  }

  /// A member that cannot be opened, which is its reader's to tell, and no other member's fault.
  private static final class Unreadable extends InputStream {
    private final IOException cause;

    Unreadable(IOException cause) {
      this.cause = cause;
    }

    @Override
    public int read() throws IOException {
      throw cause;
    }
  }
}
