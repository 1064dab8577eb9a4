package brimful.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/// What the header of an image file says: its format and measures. Nothing is decoded.
///
/// Reads PNG (`IHDR`), JPEG (ITU-T T.81, the frame header), GIF (its screen) and WebP (RFC 9649),
/// which are what models take.
///
/// @param mediaType such as `image/png`
public record PictureHeader(String mediaType, PictureSize size) {
  private static final String PNG = "\u0089PNG\r\n\u001a\n";
  private static final int PNG_BYTES = 24;
  private static final int GIF_BYTES = 10;
  private static final int WEBP_BYTES = 30;

  /// Returns what an image file says; empty for anything else.
  public static Optional<PictureHeader> of(byte[] file) {
    if (isPng(file)) {
      return file.length < PNG_BYTES
          ? Optional.empty()
          : header("image/png", file, big(file, 16, 4), big(file, 20, 4));
    }
    if (starts(file, 0, "GIF8") && file.length >= GIF_BYTES) {
      return header("image/gif", file, little(file, 6, 2), little(file, 8, 2));
    }
    if (starts(file, 0, "RIFF") && starts(file, 8, "WEBPVP8") && file.length >= WEBP_BYTES) {
      return webp(file);
    }
    return starts(file, 0, "\u00ff\u00d8") ? jpeg(file) : Optional.empty();
  }

  static boolean isPng(byte[] file) {
    return starts(file, 0, PNG);
  }

  boolean isPngOrJpeg() {
    return mediaType.equals("image/png") || mediaType.equals("image/jpeg");
  }

  private static boolean starts(byte[] file, int at, String mark) {
    return file.length >= at + mark.length()
        && new String(file, at, mark.length(), ISO_8859_1).equals(mark);
  }

  private static Optional<PictureHeader> webp(byte[] file) {
    return switch (file[15]) {
      case 'X' -> header("image/webp", file, 1 + little(file, 24, 3), 1 + little(file, 27, 3));
      case 'L' -> {
        long bits = little(file, 21, 4);
        yield header("image/webp", file, 1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff));
      }
      default ->
          header("image/webp", file, little(file, 26, 2) & 0x3fff, little(file, 28, 2) & 0x3fff);
    };
  }

  /// Walks the segments up to the frame header, which is before any image data.
  private static Optional<PictureHeader> jpeg(byte[] file) {
    int at = 2;
    while (at + 8 < file.length && big(file, at, 1) == 0xff) {
      long marker = big(file, at + 1, 1);
      // C4, C8 and CC are in the same range, and no frame headers.
      if (marker == 0xc0 || (marker > 0xc0 && marker <= 0xcf && (marker & 3) != 0)) {
        return header("image/jpeg", file, big(file, at + 7, 2), big(file, at + 5, 2));
      }
      // Fill bytes may stand before a marker.
      at += marker == 0xff ? 1 : 2 + (int) Math.max(2, big(file, at + 2, 2));
    }
    return Optional.empty();
  }

  private static Optional<PictureHeader> header(
      String mediaType, byte[] file, long width, long height) {
    return width < 1 || height < 1 || Math.max(width, height) > Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(
            new PictureHeader(mediaType, new PictureSize((int) width, (int) height, file.length)));
  }

  /// Returns a number with its highest byte first; nothing behind the end counts.
  private static long big(byte[] file, int at, int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | (at + i < file.length ? file[at + i] & 0xff : 0);
    }
    return number;
  }

  private static long little(byte[] file, int at, int bytes) {
    long number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << 8 | (at + i < file.length ? file[at + i] & 0xff : 0);
    }
    return number;
  }
}
