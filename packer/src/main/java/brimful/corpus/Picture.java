package brimful.corpus;

import java.util.Arrays;
import java.util.Base64;

/// A picture as models take it: a PNG or JPEG file of limited size.
///
/// Its measures are read from the bytes themselves, so they cannot differ from what a provider
/// sees.
///
/// @param bytes the file; empty for no picture. Not to be changed
@SuppressWarnings("ArrayRecordComponent") // Compared by content, below.
public record Picture(byte[] bytes) {
  /// A picture and its chunk must fit into one record of Kafka and be cheap to send: a page of text
  /// with [#SIDE_MAX] needs about half of it.
  public static final int BYTES_MAX = 384 << 10;

  /// The longest side. Every provider takes this much, also of many images in a request.
  public static final int SIDE_MAX = 2_000;

  /// No picture.
  public static final Picture NONE = new Picture(new byte[0]);

  public Picture {
    if (bytes.length > BYTES_MAX) {
      throw new IllegalArgumentException(
          "picture of %s bytes: scale it to at most %s".formatted(bytes.length, BYTES_MAX));
    }
  }

  /// Returns whether there is no picture.
  public boolean isNone() {
    return bytes.length == 0;
  }

  /// Returns its measures.
  ///
  /// @throws IllegalArgumentException if the bytes are neither PNG nor JPEG
  public PictureSize size() {
    if (isNone()) {
      return PictureSize.NONE;
    }
    return PictureHeader.of(bytes)
        .filter(PictureHeader::isPngOrJpeg)
        .map(PictureHeader::size)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s bytes that are no PNG or JPEG: encode the picture".formatted(bytes.length)));
  }

  /// Returns its media type.
  public String mediaType() {
    return PictureHeader.isPng(bytes) ? "image/png" : "image/jpeg";
  }

  /// Returns it as providers take it.
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture(byte[] others) && Arrays.equals(bytes, others);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Picture[" + bytes.length + " bytes]";
  }
}
