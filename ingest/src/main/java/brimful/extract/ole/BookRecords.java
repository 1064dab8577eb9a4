package brimful.extract.ole;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The stream of a workbook (MS-XLS), up to its last whole record.
final class BookRecords {
  private static final int HEAD_BYTES = 4;
  private static final int BEGIN = 0x0809;
  private static final int END = 0x000a;

  /// Comes behind the rows of a sheet, without which POI gives up the sheet.
  private static final int WINDOW = 0x023e;

  private static final int WINDOW_BYTES = 18;
  private static final int VERSION_8 = 0x0600;
  private static final int VERSION_5 = 0x0500;
  private static final int GLOBALS = 5;

  private BookRecords() {}

  private static int field(byte[] stream, int at) {
    return ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).getShort(at) & 0xffff;
  }

  static boolean begin(byte[] stream) {
    return stream.length >= 8
        && field(stream, 0) == BEGIN
        && (field(stream, 4) == VERSION_8 || field(stream, 4) == VERSION_5)
        && field(stream, 6) == GLOBALS;
  }

  static boolean isOld(byte[] stream) {
    return field(stream, 4) == VERSION_5;
  }

  /// Returns the records of a stream with an end behind them.
  static byte[] of(byte[] stream) {
    int at = 0;
    boolean ended = false;
    while (at + HEAD_BYTES <= stream.length) {
      int type = field(stream, at);
      int next = at + HEAD_BYTES + field(stream, at + 2);
      // Behind the last sheet lies another stream.
      if (next > stream.length || type == 0 || (ended && type != BEGIN)) {
        break;
      }
      ended = type == END;
      at = next;
    }
    byte[] whole = Arrays.copyOf(stream, at);
    if (ended) {
      return whole;
    }
    var end = ByteBuffer.allocate(2 * HEAD_BYTES + WINDOW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    end.putShort((short) WINDOW).putShort((short) WINDOW_BYTES);
    end.putShort(HEAD_BYTES + WINDOW_BYTES, (short) END);
    whole = Arrays.copyOf(whole, at + end.capacity());
    System.arraycopy(end.array(), 0, whole, at, end.capacity());
    return whole;
  }
}
