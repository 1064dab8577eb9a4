package brimful.extract.pdf;

import java.awt.geom.Rectangle2D;

/// An image, or several that touch, which a page shows beside its text.
///
/// @param page counts from 1
/// @param box where it is, in the page's own units, with the origin at the bottom
/// @param density pixels that it has for each of these units
/// @param photo whether it is packed as photos are: in colors, and with losses
public record Figure(int page, Rectangle2D box, double density, boolean photo) {
  double area() {
    return box.getWidth() * box.getHeight();
  }
}
