package brimful.extract.pdf;

import java.util.List;
import java.util.function.Predicate;

/// What pages with text show beside it.
///
/// @param figures in the order of pages and from their tops down
/// @param grounds images that fill their page, in the same order
/// @param searched how many pages with images were read
/// @param unsearched how many more there are
public record FoundImages(
    List<Figure> figures, List<Figure> grounds, int searched, int unsearched) {
  /// None.
  public static final FoundImages NONE = new FoundImages(List.of(), List.of(), 0, 0);

  public FoundImages {
    figures = List.copyOf(figures);
    grounds = List.copyOf(grounds);
  }

  /// Returns the same with some of the figures.
  public FoundImages only(Predicate<Figure> wanted) {
    return new FoundImages(figures.stream().filter(wanted).toList(), grounds, searched, unsearched);
  }
}
