package brimful.extract.pdf;

import brimful.corpus.Counted;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.corpus.Picture;
import brimful.extract.ocr.DrawnImage;
import brimful.extract.ocr.GrayImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The figures of a PDF's pages, drawn one after the other. Not thread-safe.
///
/// @param figures in the order of the pages
/// @param legible those that OCR reads
/// @param kept whether models see them
/// @param all how many were found, also beyond what is wanted
/// @param searched how many pages with images were searched
/// @param unsearched how many were not, because there are very many
public record PageFigures(
    PdfPages document,
    List<Figure> figures,
    Set<Figure> legible,
    boolean kept,
    int all,
    int searched,
    int unsearched) {
  public PageFigures {
    figures = List.copyOf(figures);
    legible = Set.copyOf(legible);
  }

  /// A figure with its number and caption.
  public record Shown(Locator.Figure locator, DrawnImage drawn) {}

  /// @param legible those that OCR reads
  public static PageFigures of(
      PdfPages document, FoundImages found, Set<Figure> legible, int max, boolean kept) {
    List<Figure> all = found.figures();
    return new PageFigures(
        document,
        all.subList(0, Math.min(max, all.size())),
        legible,
        kept,
        all.size(),
        found.searched(),
        found.unsearched());
  }

  /// Returns what a limit left out; empty if it left nothing out.
  ///
  /// @param limit as people read it
  public Optional<Outcome> leftOut(String limit) {
    if (all > figures.size()) {
      String pages = Counted.of(unsearched, "page");
      String more = unsearched == 0 ? "" : "%s with images not searched; ".formatted(pages);
      return Optional.of(new Outcome.Truncated(figures.size(), all, "figures", more + limit));
    }
    return unsearched == 0
        ? Optional.empty()
        : Optional.of(
            new Outcome.Truncated(
                searched,
                searched + unsearched,
                "pages with images",
                "searched for figures; " + limit));
  }

  /// Returns the pages that have figures, in order.
  public Stream<Integer> pages() {
    return figures.stream().map(Figure::page).distinct();
  }

  /// Draws the figures of a page, from its top down. What cannot be drawn, or shows nothing, is
  /// left out.
  public List<Shown> on(int page) {
    List<Shown> shown = new ArrayList<>();
    Set<Integer> numbers = new HashSet<>();
    for (Figure figure : figures) {
      Picture picture = figure.page() == page && kept ? drawn(figure) : Picture.NONE;
      Optional<GrayImage> gray =
          figure.page() == page && legible.contains(figure)
              ? document.gray(figure)
              : Optional.empty();
      if (!picture.isNone() || gray.isPresent()) {
        FigureCaption caption = caption(figure);
        shown.add(
            new Shown(
                new Locator.Figure(page, number(numbers, caption.number())),
                new DrawnImage(gray, picture, caption.text())));
      }
    }
    return shown;
  }

  /// Returns the number that the caption tells, if no other figure of the page has it.
  private static int number(Set<Integer> taken, int told) {
    int number = told > 0 && !taken.contains(told) ? told : 1;
    while (!taken.add(number)) {
      number++;
    }
    return number;
  }

  private Picture drawn(Figure figure) {
    try {
      return document.drawn(figure);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return Picture.NONE;
    }
  }

  private FigureCaption caption(Figure figure) {
    try {
      return document.caption(figure);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return FigureCaption.NONE;
    }
  }
}
