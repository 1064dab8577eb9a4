package brimful.extract.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// What can still be read of a damaged zip, each member as far as it goes.
///
/// A member is named and packed twice: in the header in front of it and in the directory at the
/// end. The headers are looked for in the whole file, one after the other, so neither a lost
/// directory nor a damaged member hides those behind it; the directory, if it can be read, adds the
/// members whose headers are damaged. Checksums are ignored. Sizes are too: a packed member ends
/// where its packing does, and one that is not packed, before the next signature.
///
/// Linear in the file's length. Not thread-safe.
public final class SalvagedZip {
  /// What all members together may fill.
  private static final int BYTES_MAX = 128 << 20;

  /// Larger files are not salvaged.
  private static final long FILE_BYTES_MAX = 1L << 30;

  private static final int HEADER_BYTES = 30;
  private static final int HEADER = 0x04034b50;
  private static final int DIRECTORY = 0x02014b50;
  private static final int DESCRIPTOR = 0x08074b50;
  private static final int STORED = 0;
  private static final int NAME_BYTES_MAX = 512;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Map<String, byte[]> members = new HashMap<>();
  private final ByteBuffer file;
  private int left = BYTES_MAX;
  private boolean damaged;

  private SalvagedZip(ByteBuffer file) {
    this.file = file;
  }

  /// Reads a file; one that is no zip has no members.
  public static SalvagedZip of(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size() > FILE_BYTES_MAX ? 0 : channel.size();
      var zip =
          new SalvagedZip(
              channel.map(FileChannel.MapMode.READ_ONLY, 0, size).order(ByteOrder.LITTLE_ENDIAN));
      zip.readHeaders();
      zip.readDirectory(path);
      return zip;
    }
  }

  /// Returns what was read, by name. A member that broke off is as long as it could be read.
  public Map<String, byte[]> members() {
    return members;
  }

  /// Returns whether a member broke off, or the directory cannot be read.
  public boolean isDamaged() {
    return damaged;
  }

  private void readHeaders() {
    int at = next(0);
    while (at + HEADER_BYTES < file.limit()) {
      int end = file.getInt(at) == HEADER ? readMember(at) : at + 1;
      at = next(Math.max(end, at + 1));
    }
  }

  /// Returns where the next signature is, from a place on; the end of the file if there is none.
  private int next(int from) {
    for (int at = from; at + 4 <= file.limit(); at++) {
      if (file.get(at) == 'P' && file.get(at + 1) == 'K') {
        int signature = file.getInt(at);
        if (signature == HEADER || signature == DIRECTORY || signature == DESCRIPTOR) {
          return at;
        }
      }
    }
    return file.limit();
  }

  /// Reads the member behind a header.
  ///
  /// @return where to go on
  private int readMember(int header) {
    int nameBytes = file.getShort(header + 26) & 0xffff;
    int extraBytes = file.getShort(header + 28) & 0xffff;
    long start = (long) header + HEADER_BYTES + nameBytes + extraBytes;
    if (nameBytes == 0 || nameBytes > NAME_BYTES_MAX || start >= file.limit()) {
      damaged |= nameBytes != 0;
      return header + 4;
    }
    byte[] name = new byte[nameBytes];
    file.get(header + HEADER_BYTES, name);
    int from = (int) start;
    var out = new ByteArrayOutputStream();
    int end;
    if (file.getShort(header + 8) == STORED) {
      end = next(from);
      out.writeBytes(bytes(from, Math.min(end, from + left)));
    } else {
      end = inflate(from, out);
    }
    put(new String(name, UTF_8), out.toByteArray());
    return end;
  }

  private byte[] bytes(int from, int to) {
    byte[] bytes = new byte[Math.max(0, to - from)];
    file.get(from, bytes);
    return bytes;
  }

  /// @return the end of what is packed; the start of it if it cannot be unpacked to its end
  private int inflate(int from, ByteArrayOutputStream out) {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(file.slice(from, file.limit() - from));
      byte[] buffer = new byte[BUFFER_BYTES];
      while (!inflater.finished() && out.size() < left) {
        int got = inflater.inflate(buffer);
        out.write(buffer, 0, Math.min(got, left - out.size()));
        if (got == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
      }
    } catch (DataFormatException e) {
      // What came before is kept.
    }
    boolean whole = inflater.finished();
    int end = whole ? from + (int) inflater.getBytesRead() : from;
    inflater.end();
    damaged |= !whole;
    return end;
  }

  private void put(String name, byte[] bytes) {
    byte[] known = members.get(name);
    if (bytes.length > 0 && (known == null || known.length < bytes.length)) {
      members.put(name, bytes);
      left -= bytes.length;
    }
  }

  private void readDirectory(Path path) {
    try (ZipFile zip = ZipFile.builder().setPath(path).get()) {
      Enumeration<ZipArchiveEntry> entries = zip.getEntries();
      while (entries.hasMoreElements()) {
        ZipArchiveEntry entry = entries.nextElement();
        if (!entry.isDirectory() && !members.containsKey(entry.getName())) {
          put(entry.getName(), begun(zip, entry));
        }
      }
    } catch (IOException | RuntimeException e) {
      damaged = true;
    }
  }

  private byte[] begun(ZipFile zip, ZipArchiveEntry entry) {
    var out = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = zip.getInputStream(entry)) {
      int got = 0;
      while (got >= 0 && out.size() < left) {
        got = in.read(buffer);
        out.write(buffer, 0, Math.clamp(got, 0, left - out.size()));
      }
    } catch (IOException | RuntimeException e) {
      damaged = true;
    }
    return out.toByteArray();
  }
}
