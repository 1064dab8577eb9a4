package brimful.extract.ole;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The texts of a presentation (MS-PPT) record by record, without its directory of slides: those of
/// the outline, and those drawn on the slides in the order of the file.
final class SlideRecords {
  private static final int HEAD_BYTES = 8;
  private static final int CONTAINER = 0xf;
  private static final int DOCUMENT = 0x03e8;
  private static final int SLIDE = 0x03ee;
  private static final int MASTER = 0x03f8;
  private static final int LIST = 0x0ff0;
  private static final int LISTED_SLIDE = 0x03f3;
  private static final int CHARACTERS = 0x0fa0;
  private static final int BYTES = 0x0fa8;
  private static final int DEPTH_MAX = 40;

  private final byte[] bytes;
  private final ByteBuffer fields;
  private final List<StringBuilder> slides = new ArrayList<>();

  /// The slide that the next text belongs to.
  private int slide;

  private int drawn;

  private SlideRecords(byte[] bytes) {
    this.bytes = bytes;
    fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static boolean begin(byte[] stream) {
    return stream.length >= HEAD_BYTES
        && stream[0] == CONTAINER
        && stream[1] == 0
        && stream[2] == (byte) DOCUMENT
        && stream[3] == DOCUMENT >> 8;
  }

  /// Returns the text of each slide.
  static List<String> texts(byte[] stream) {
    var records = new SlideRecords(stream);
    records.read(0, stream.length, 0);
    return records.slides.stream().map(text -> text.toString().strip()).toList();
  }

  private void read(int start, int end, int depth) {
    int at = start;
    while (at + HEAD_BYTES <= end && depth < DEPTH_MAX) {
      int kind = fields.getShort(at) & 0xffff;
      int type = fields.getShort(at + 2) & 0xffff;
      long size = fields.getInt(at + 4) & 0xffffffffL;
      int from = at + HEAD_BYTES;
      int to = (int) Math.min(end, from + size);
      if (type == 0) {
        return;
      }
      boolean hidden = type == MASTER || (type == LIST && kind >> 4 != 0);
      if (!hidden) {
        record(kind, type, from, to, depth);
      }
      at = to;
    }
  }

  private void record(int kind, int type, int from, int to, int depth) {
    switch (type) {
      case LISTED_SLIDE -> {
        slides.add(new StringBuilder());
        slide = slides.size() - 1;
      }
      case SLIDE -> slide = drawn++;
      case CHARACTERS -> add(new String(bytes, from, to - from, UTF_16LE));
      case BYTES -> add(new String(bytes, from, to - from, ISO_8859_1));
      default -> {
        // Containers are looked into below.
      }
    }
    if ((kind & CONTAINER) == CONTAINER) {
      read(from, to, depth + 1);
    }
  }

  private void add(String text) {
    while (slides.size() <= slide) {
      slides.add(new StringBuilder());
    }
    slides.get(slide).append(text.replaceAll("[\r\u000b]", "\n").replace("\0", "")).append('\n');
  }
}
