package brimful.token;

import brimful.corpus.PictureSize;

/// How many images, and how large ones, a provider takes in one request.
///
/// @param count the most images
/// @param bytesEach the most bytes of an image, as a file
/// @param bytesAll the most bytes of all images together, as Base64 in the request
/// @param sideMax the longest side of an image, in pixels
/// @param many of more images than this, each must keep `sideOfMany`
/// @param sideOfMany the longest side then
public record ImageLimits(
    int count, int bytesEach, long bytesAll, int sideMax, int many, int sideOfMany) {
  public ImageLimits {
    if (count < 0 || bytesEach < 0 || bytesAll < 0 || sideMax < 1 || many < 0 || sideOfMany < 1) {
      throw new IllegalArgumentException(
          "%s images of %s bytes, %s together, with sides of %s and %s: give positive numbers"
              .formatted(count, bytesEach, bytesAll, sideMax, sideOfMany));
    }
  }

  /// Returns what a file of some bytes takes in the request.
  public static long inRequest(int bytes) {
    return 4L * Math.ceilDiv(bytes, 3);
  }

  /// Returns what is left beside other images of the same request.
  public ImageLimits without(int images, long bytesInRequest) {
    return new ImageLimits(
        Math.max(0, count - images),
        bytesEach,
        Math.max(0, bytesAll - bytesInRequest),
        sideMax,
        Math.max(0, many - images),
        sideOfMany);
  }

  /// Returns whether an image may be sent, beside how many there may be.
  public boolean takes(PictureSize size) {
    int side = Math.max(size.width(), size.height());
    return size.bytes() <= bytesEach
        && inRequest(size.bytes()) <= bytesAll
        && side <= (count > many ? Math.min(sideMax, sideOfMany) : sideMax);
  }
}
