package brimful.extract.ocr;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import javax.imageio.stream.FileImageInputStream;

/// The chain of directories of a TIFF, one a page, where the chain leads back into itself: decoders
/// follow it without end.
final class TiffChain {
  private static final int MAGIC = 42;
  private static final int ENTRY_BYTES = 12;

  /// No more are decoded.
  private static final int PAGES_MAX = 100_000;

  private TiffChain() {}

  /// Returns how many pages there are before a chain begins again; nothing if it does not.
  static OptionalInt pagesOfLoop(Path file) throws IOException {
    try (var in = new FileImageInputStream(file.toFile())) {
      in.setByteOrder(in.readShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      boolean classic = in.readShort() == MAGIC;
      Set<Long> seen = new HashSet<>();
      long at = classic ? in.readUnsignedInt() : 0;
      while (at > 0 && at + Short.BYTES <= in.length() && seen.size() < PAGES_MAX) {
        if (!seen.add(at)) {
          return OptionalInt.of(seen.size());
        }
        in.seek(at);
        long next = at + Short.BYTES + (long) ENTRY_BYTES * in.readUnsignedShort();
        if (next + Integer.BYTES > in.length()) {
          break;
        }
        in.seek(next);
        at = in.readUnsignedInt();
      }
      return OptionalInt.empty();
    }
  }
}
