package brimful.corpus;

/// What a picture measures.
///
/// @param width in pixels
/// @param height in pixels
/// @param bytes the length of its file
public record PictureSize(int width, int height, int bytes) {
  /// No picture.
  public static final PictureSize NONE = new PictureSize(0, 0, 0);

  public PictureSize {
    boolean none = width == 0 && height == 0 && bytes == 0;
    if (!none && (width < 1 || height < 1 || bytes < 0)) {
      throw new IllegalArgumentException(
          "picture of %s × %s pixels in %s bytes: a picture has all three, or none"
              .formatted(width, height, bytes));
    }
  }

  /// Returns whether there is no picture.
  public boolean isNone() {
    return width == 0;
  }

  /// Returns how people write it: `1200 × 800`.
  public String display() {
    return width + " × " + height;
  }
}
