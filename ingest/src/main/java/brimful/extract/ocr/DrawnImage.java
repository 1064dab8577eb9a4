package brimful.extract.ocr;

import brimful.corpus.Picture;
import java.util.Optional;

/// A picture as it was drawn or decoded: a scanned page, an image, a frame of a film.
///
/// @param gray what OCR reads; empty if nothing reads it, or it could not be drawn
/// @param picture what models see; [Picture#NONE] if it is not kept, or could not be drawn
/// @param caption what is known of it besides; may be empty
/// @param layer the page's own text, which stands where OCR finds none; may be empty
public record DrawnImage(Optional<GrayImage> gray, Picture picture, String caption, String layer) {
  /// What could not be drawn.
  public static final DrawnImage NOTHING = new DrawnImage(Optional.empty(), Picture.NONE, "");

  /// Returns a picture that is no page with text.
  public DrawnImage(Optional<GrayImage> gray, Picture picture, String caption) {
    this(gray, picture, caption, "");
  }

  /// Tells whether there is nothing to see.
  public boolean isNothing() {
    return gray.isEmpty() && picture.isNone();
  }

  /// Returns the same for models alone, where nothing reads it.
  public DrawnImage unread() {
    return new DrawnImage(Optional.empty(), picture, caption, layer);
  }

  /// Returns the same as a page with words of its own, which stay beside what OCR reads.
  public DrawnImage beside(String text) {
    return new DrawnImage(gray, picture, text, layer);
  }

  /// Returns the same as a page that has text.
  public DrawnImage over(String text) {
    return new DrawnImage(gray, picture, caption, text);
  }
}
