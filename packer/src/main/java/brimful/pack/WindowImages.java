package brimful.pack;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Picture;
import brimful.token.ImageLimits;
import brimful.token.Vision;
import java.util.List;
import java.util.Optional;

/// The images in a window, within what the provider takes.
///
/// @param images in the order of the documents
/// @param vision by which they were counted; empty without images
public record WindowImages(List<Image> images, Optional<Vision> vision) {
  /// No images.
  public static final WindowImages NONE = new WindowImages(List.of(), Optional.empty());

  /// An image in its place.
  ///
  /// @param ordinal its chunk's
  /// @param tokens what it costs
  /// @param at its place in [Window#documents], in characters: behind its chunk
  public record Image(
      DocumentId document, int ordinal, Locator locator, Picture picture, int tokens, int at) {}

  public WindowImages {
    images = List.copyOf(images);
    if (!images.isEmpty()) {
      require(images, vision.orElseThrow().limits());
    }
  }

  /// Checked again here, like the budget.
  private static void require(List<Image> images, ImageLimits limits) {
    long bytes = 0;
    int before = -1;
    for (Image image : images) {
      bytes += ImageLimits.inRequest(image.picture().bytes().length);
      if (!limits.takes(image.picture().size()) || image.at() < before) {
        throw new IllegalArgumentException(
            "image of %s is too large, or not in its place: the packer must leave it out"
                .formatted(image.document()));
      }
      before = image.at();
    }
    if (images.size() > limits.count() || bytes > limits.bytesAll()) {
      throw new IllegalArgumentException(
          "%s images of %s bytes are more than the provider takes: the packer overfilled the window"
              .formatted(images.size(), bytes));
    }
  }

  /// Returns what all images cost, counted anew from their bytes.
  public long tokens() {
    return images.stream()
        .mapToLong(image -> vision.orElseThrow().tokens().of(image.picture().size()))
        .sum();
  }

  /// Returns whether the provider counts the same.
  boolean exact() {
    return images.isEmpty() || vision.orElseThrow().tokens().exact();
  }
}
