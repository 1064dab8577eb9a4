package brimful.extract.media;

import brimful.extract.ocr.GrayImage;

/// The brightness of a picture's [#SIDE]² cells, by which near-duplicates are known.
///
/// A hash of differences between neighbours, as is usual for photographs, changes with the noise of
/// a plain background, which slides mostly are. Means change only with what is drawn: a line of
/// text darkens a dozen cells, a mouse pointer one or two.
final class PictureHash {
  private static final int SIDE = 48;

  /// Cells that differ by less are the same but for the noise of compression.
  private static final int SHADES = 6;

  /// Of 2,304.
  private static final int CELLS_MAX = 3;

  private final int[] means;

  private PictureHash(int[] means) {
    this.means = means;
  }

  static PictureHash of(GrayImage image) {
    int[] means = new int[SIDE * SIDE];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        means[row * SIDE + column] = mean(image, row, column);
      }
    }
    return new PictureHash(means);
  }

  private static int mean(GrayImage image, int row, int column) {
    int top = row * image.height() / SIDE;
    int bottom = Math.max(top + 1, (row + 1) * image.height() / SIDE);
    int left = column * image.width() / SIDE;
    int right = Math.max(left + 1, (column + 1) * image.width() / SIDE);
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += image.pixels()[y * image.width() + x] & 0xff;
      }
    }
    return (int) (sum / ((long) (bottom - top) * (right - left)));
  }

  /// Returns whether two pictures show the same.
  boolean isLike(PictureHash other) {
    int changed = 0;
    for (int i = 0; i < means.length; i++) {
      changed += Math.abs(means[i] - other.means[i]) > SHADES ? 1 : 0;
    }
    return changed <= CELLS_MAX;
  }
}
