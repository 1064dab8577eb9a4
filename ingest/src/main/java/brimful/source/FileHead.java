package brimful.source;

import java.io.IOException;
import java.io.InputStream;

/// Decides by a file's first bytes whether it is readable text.
///
/// Names deceive: `.pt` is a model, a page template or a readme in Portuguese. Rules that go by
/// such names check here before they skip a file.
public final class FileHead {
  /// How much of a file's start is examined.
  public static final int BYTES = 8 << 10;

  /// Text has tabs, line breaks, form feeds and escapes, and few other control characters.
  private static final double CONTROLS_MAX = 0.05;

  /// This many NULs in a row are a gap, as in a log after a power failure, and not a number.
  private static final int GAP_BYTES_MIN = 16;

  /// A gap is ignored if there is this much text around it.
  private static final int TEXT_BYTES_PER_GAP = 64;

  /// An archive of object files begins with a line of text.
  private static final byte[] ARCHIVE = {'!', '<', 'a', 'r', 'c', 'h', '>', '\n'};

  private FileHead() {}

  /// Opens a file's bytes, so that its head can be read.
  @FunctionalInterface
  public interface Opened {
    InputStream open() throws IOException;
  }

  /// Returns whether a file is text; an unreadable one is not.
  static boolean isText(Opened file) {
    try (InputStream in = file.open()) {
      return isText(in.readNBytes(BYTES));
    } catch (IOException e) {
      return false;
    }
  }

  /// Returns whether a file with this head is text, including UTF-16 that is mostly Latin.
  public static boolean isText(byte[] head) {
    if (head.length == 0 || startsArchive(head)) {
      return false;
    }
    return isBytewiseText(head) || isWideText(head);
  }

  /// Returns whether the bytes are text one by one, as in UTF-8 and all encodings before Unicode.
  ///
  /// Gaps of NULs are ignored; a NUL anywhere else means that the bytes are not characters.
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
