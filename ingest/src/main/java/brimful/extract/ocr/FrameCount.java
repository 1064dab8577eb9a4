package brimful.extract.ocr;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/// Counts the frames of films that are files of images: PNG and WebP. Their pixels are not decoded.
final class FrameCount {
  /// A hostile file has a million empty parts.
  private static final int CHUNKS_MAX = 100_000;

  private static final int PNG_HEADER_BYTES = 8;
  private static final int RIFF_HEADER_BYTES = 12;
  private static final int NAME_BYTES = 4;

  private FrameCount() {}

  /// Returns how many frames a PNG says it has; 1 if it does not move.
  static int ofPng(Path file) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long at = PNG_HEADER_BYTES;
      for (int i = 0; i < CHUNKS_MAX && at + 3 * NAME_BYTES <= in.length(); i++) {
        in.seek(at);
        long length = Integer.toUnsignedLong(in.readInt());
        String name = name(in);
        if (name.equals("acTL")) {
          return Math.max(1, in.readInt());
        }
        if (name.equals("IDAT")) {
          break;
        }
        at += 3L * NAME_BYTES + length;
      }
      return 1;
    }
  }

  /// Returns how many frames a WebP has.
  static int ofWebp(Path file) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      int frames = 0;
      long at = RIFF_HEADER_BYTES;
      for (int i = 0; i < CHUNKS_MAX && at + 2 * NAME_BYTES <= in.length(); i++) {
        in.seek(at);
        frames += name(in).equals("ANMF") ? 1 : 0;
        long length = Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
        at += 2L * NAME_BYTES + length + (length & 1);
      }
      return Math.max(1, frames);
    }
  }

  private static String name(RandomAccessFile in) throws IOException {
    var name = new byte[NAME_BYTES];
    in.readFully(name);
    return new String(name, ISO_8859_1);
  }
}
