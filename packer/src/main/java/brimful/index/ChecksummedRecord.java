package brimful.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.util.BytesRef;

/// Adds a four-byte checksum to a record, and verifies it.
///
/// Lucene verifies the checksums of its data files when it merges, not when it reads: that would
/// read the whole index at each start. Here, a record that changed on disk is noticed before it is
/// decoded.
final class ChecksummedRecord {
  /// The length of the checksum behind a record.
  static final int SUM_BYTES = Integer.BYTES;

  private ChecksummedRecord() {}

  /// Returns a record with its checksum.
  static BytesRef seal(byte[] record) {
    return seal(Arrays.copyOf(record, record.length + SUM_BYTES), record.length);
  }

  /// Writes the checksum of a record behind it.
  ///
  /// @param record has room for the checksum
  static BytesRef seal(byte[] record, int length) {
    int sum = sum(record, 0, length);
    for (int i = 0; i < SUM_BYTES; i++) {
      record[length + i] = (byte) (sum >>> (8 * i));
    }
    return new BytesRef(record, 0, length + SUM_BYTES);
  }

  /// Returns the bytes of a record.
  ///
  /// @param what the kind of record, for people
  /// @throws CorruptIndexException if the checksum does not match
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
