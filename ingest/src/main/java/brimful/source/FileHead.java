package brimful.source;

import java.io.IOException;
import java.io.InputStream;

/// What a file's first bytes tell of it: whether a person could read them.
///
/// Names deceive: `.pt` ends a model, a page template and a readme in Portuguese. So a rule that
/// goes by such names asks here before it leaves a file out.
public final class FileHead {
  /// How much of a file's start is looked at.
  public static final int BYTES = 8 << 10;

  /// Text has tabs, line breaks, form feeds and escapes, and few other control characters.
  private static final double CONTROLS_MAX = 0.05;

  /// So many NULs in a row are a gap, as a log has after a loss of power, and no number.
  private static final int GAP_BYTES_MIN = 16;

  /// A gap is worth passing over if there is so much text beside it.
  private static final int TEXT_BYTES_PER_GAP = 64;

  /// An archive of object files begins with a line of text.
  private static final byte[] ARCHIVE = {'!', '<', 'a', 'r', 'c', 'h', '>', '\n'};

  private FileHead() {}

  /// Opens a file's bytes, so that its head can be read.
  @FunctionalInterface
  public interface Opened {
    InputStream open() throws IOException;
  }

  /// Tells whether a file is text; one that cannot be read is not.
  static boolean isText(Opened file) {
    try (InputStream in = file.open()) {
      return isText(in.readNBytes(BYTES));
    } catch (IOException e) {
      return false;
    }
  }

  /// Tells whether a file that begins so is text, also in UTF-16 if that is mostly Latin.
  public static boolean isText(byte[] head) {
    if (head.length == 0 || startsArchive(head)) {
      return false;
    }
    return isBytewiseText(head) || isWideText(head);
  }

  /// Tells whether the bytes are text one by one, as in UTF-8 and all encodings before Unicode.
  ///
  /// Gaps of NULs are passed over; a NUL anywhere else says that these are no characters.
  public static boolean isBytewiseText(byte[] head) {
    int controls = 0;
    int gaps = 0;
    int nuls = 0;
    for (int i = 0; i < head.length; i++) {
      byte b = head[i];
      if (b == 0) {
        int end = i;
        while (end < head.length && head[end] == 0) {
          end++;
        }
        if (end - i < GAP_BYTES_MIN && end < head.length) {
          return false;
        }
        gaps++;
        nuls += end - i;
        i = end - 1;
      } else if (b > 0 && b < 0x20 && !isUsual(b)) {
        controls++;
      }
    }
    int text = head.length - nuls;
    if (gaps > 0) {
      return controls == 0 && text >= TEXT_BYTES_PER_GAP * (gaps - 1) + 1;
    }
    return controls <= Math.max(1, CONTROLS_MAX * text);
  }

  /// Latin text in UTF-16 has a NUL in nearly every second byte and few other control characters.
  private static boolean isWideText(byte[] head) {
    int[] nuls = new int[2];
    int controls = 0;
    int length = head.length & ~1;
    for (int i = 0; i < length; i++) {
      nuls[i & 1] += head[i] == 0 ? 1 : 0;
      controls += head[i] > 0 && head[i] < 0x20 && !isUsual(head[i]) ? 1 : 0;
    }
    int most = Math.max(nuls[0], nuls[1]);
    return most > length / 3 && Math.min(nuls[0], nuls[1]) * 20 <= most && controls * 100 <= length;
  }

  private static boolean isUsual(byte b) {
    return b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x1b || b == '\b';
  }

  private static boolean startsArchive(byte[] head) {
    for (int i = 0; i < ARCHIVE.length; i++) {
      if (i >= head.length || head[i] != ARCHIVE[i]) {
        return false;
      }
    }
    return true;
  }
}
