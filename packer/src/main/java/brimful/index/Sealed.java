package brimful.index;

import java.io.IOException;
import java.util.zip.CRC32C;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.util.BytesRef;

/// Records with a checksum of their own, four bytes behind them.
///
/// Lucene checks the sums of its data files when it merges, and not when it reads: that would be to
/// read all of an index at each start. So a record that changed on the disk is noticed here, before
/// anybody decodes it.
final class Sealed {
  private static final int SUM_BYTES = Integer.BYTES;

  private Sealed() {}

  /// Returns a record with its checksum.
  static BytesRef seal(byte[] record) {
    var sealed = new byte[record.length + SUM_BYTES];
    System.arraycopy(record, 0, sealed, 0, record.length);
    int sum = sum(record, 0, record.length);
    for (int i = 0; i < SUM_BYTES; i++) {
      sealed[record.length + i] = (byte) (sum >>> (8 * i));
    }
    return new BytesRef(sealed);
  }

  /// Returns the bytes of a record.
  ///
  /// @param what it is, for people
  /// @throws CorruptIndexException if they are not those that were sealed
  static ByteArrayDataInput open(BytesRef sealed, String what) throws IOException {
    int length = sealed.length - SUM_BYTES;
    if (length < 0 || sum(sealed.bytes, sealed.offset, length) != written(sealed, length)) {
      throw new CorruptIndexException(what + " is not what was written", what);
    }
    return new ByteArrayDataInput(sealed.bytes, sealed.offset, length);
  }

  private static int written(BytesRef sealed, int length) {
    int sum = 0;
    for (int i = 0; i < SUM_BYTES; i++) {
      sum |= (sealed.bytes[sealed.offset + length + i] & 0xFF) << (8 * i);
    }
    return sum;
  }

  private static int sum(byte[] bytes, int offset, int length) {
    var crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
