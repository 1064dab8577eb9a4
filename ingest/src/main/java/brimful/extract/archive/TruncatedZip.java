package brimful.extract.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A zip whose directory, at its end, is missing: the file was cut, or is still being written.
///
/// Its members have headers of their own and can be read one after the other. Nothing tells how
/// many there were.
public final class TruncatedZip {
  private static final int END_BYTES_MIN = 22;
  private static final int COMMENT_BYTES_MAX = 0xffff;
  private static final int END = 0x504b0506;
  private static final int LOCAL_HEADER = 0x504b0304;
  private static final int REST_OF_HEADER_BYTES = 26;
  private static final int NAME_LENGTH_AT = 22;

  /// Newer versions of the format than any program writes.
  private static final int VERSION_MAX = 100;

  private static final int NAMES_MAX = 1_000;
  private static final int NAME_BYTES_MAX = 1_024;

  private TruncatedZip() {}

  /// Returns whether a zip has no directory.
  public static boolean is(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long from = Math.max(0, channel.size() - END_BYTES_MIN - COMMENT_BYTES_MAX);
      ByteBuffer tail = ByteBuffer.allocate((int) (channel.size() - from));
      while (tail.hasRemaining() && channel.read(tail, from + tail.position()) >= 0) {
        // A read may give less than what is asked for.
      }
      for (int i = tail.position() - END_BYTES_MIN; i >= 0; i--) {
        if (tail.getInt(i) == END) {
          return false;
        }
      }
      return true;
    }
  }

  /// Returns the names in the headers of members, up to a limit. What merely looks like a header is
  /// among them: the names only serve to detect their encoding.
  public static List<byte[]> names(Path file) throws IOException {
    var names = new ArrayList<byte[]>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      int last = 0;
      for (int b = in.read(); b >= 0 && names.size() < NAMES_MAX; b = in.read()) {
        last = last << 8 | b;
        if (last == LOCAL_HEADER) {
          byte[] rest = in.readNBytes(REST_OF_HEADER_BYTES);
          if (rest.length == REST_OF_HEADER_BYTES && number(rest, 0) <= VERSION_MAX) {
            int length = number(rest, NAME_LENGTH_AT);
            if (length > 0 && length <= NAME_BYTES_MAX) {
              names.add(in.readNBytes(length));
            }
          }
        }
      }
    }
    return names;
  }

  private static int number(byte[] bytes, int at) {
    return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
  }
}
