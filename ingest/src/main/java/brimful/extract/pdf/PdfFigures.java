package brimful.extract.pdf;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/// Finds the figures of a PDF: images that a page shows large, beside its text. Those that fill
/// their page, such as backgrounds and scans, are no figures.
///
/// Left out are images that several pages show, such as logos, and what is small in pixels or on
/// paper. Resources of pages are looked at first, which is cheap; only pages with such images are
/// then read once more. Drawings of lines are no images.
final class PdfFigures {
  static final int SIDE_MIN = 200;
  private static final double SHOWN_MIN = 0.05;
  static final double SHOWN_MAX = 0.9;

  /// Parts of a figure may be this small; anything smaller is a symbol.
  private static final int PART_PIXELS_MIN = 2_500;

  /// Unpacked, more would fill a parser's memory.
  private static final long PART_PIXELS_MAX = 50_000_000;

  /// An image on so many pages belongs to none of them.
  private static final int REPEATS_MIN = 3;

  /// Parts of a figure lie so close together, in points.
  private static final double GAP_MAX = 2;

  /// Of so many pages for each figure wanted, most show none.
  private static final int PAGES_A_FIGURE_MAX = 10;

  private final PDDocument document;
  private final Map<String, Integer> shown = new HashMap<>();

  PdfFigures(PDDocument document) {
    this.document = document;
  }

  /// Finds the figures of some pages. Reads [#PAGES_A_FIGURE_MAX] pages with images for each figure
  /// wanted.
  ///
  /// @param beat called for each page
  FoundImages in(Set<Integer> pages, int max, Runnable beat) throws IOException {
    Map<Integer, List<COSStream>> candidates = candidates(pages, beat);
    List<Integer> own =
        pages.stream()
            .filter(page -> candidates.getOrDefault(page, List.of()).stream().anyMatch(this::isOwn))
            .sorted()
            .toList();
    int searched = (int) Math.min(own.size(), (long) max * PAGES_A_FIGURE_MAX);
    List<Figure> figures = new ArrayList<>();
    List<Figure> grounds = new ArrayList<>();
    for (int number : own.subList(0, searched)) {
      beat.run();
      PDRectangle crop = document.getPage(number - 1).getCropBox();
      double area = crop.getWidth() * crop.getHeight();
      for (Figure figure : images(number)) {
        if (figure.area() > SHOWN_MAX * area) {
          grounds.add(figure);
        } else if (figure.area() >= SHOWN_MIN * area) {
          figures.add(figure);
        }
      }
    }
    return new FoundImages(figures, grounds, searched, own.size() - searched);
  }

  /// Returns the images of each page, and counts on how many pages each is: where pages share their
  /// resources, these do not tell.
  private Map<Integer, List<COSStream>> candidates(Set<Integer> pages, Runnable beat) {
    Map<Integer, List<COSStream>> candidates = new HashMap<>();
    Set<COSBase> counted = Collections.newSetFromMap(new IdentityHashMap<>());
    int number = 0;
    for (PDPage page : document.getPages()) {
      beat.run();
      number++;
      List<COSStream> images = PageImages.of(page).stream().filter(PdfFigures::isLarge).toList();
      if (!images.isEmpty() && counted.add(page.getResources().getCOSObject())) {
        PageImages.kinds(images).forEach(kind -> shown.merge(kind, 1, Integer::sum));
      }
      if (pages.contains(number) && !images.isEmpty()) {
        candidates.put(number, images);
      }
    }
    return candidates;
  }

  private static boolean isLarge(COSStream image) {
    long pixels = (long) PageImages.width(image) * PageImages.height(image);
    return pixels >= PART_PIXELS_MIN && pixels <= PART_PIXELS_MAX;
  }

  private boolean isOwn(COSStream image) {
    return isLarge(image) && shown.getOrDefault(PageImages.sameness(image), 0) < REPEATS_MIN;
  }

  /// Returns what a page shows in enough pixels, from its top down.
  private List<Figure> images(int number) throws IOException {
    PDPage page = document.getPage(number - 1);
    PDRectangle crop = page.getCropBox();
    var all =
        new Rectangle2D.Double(
            crop.getLowerLeftX(), crop.getLowerLeftY(), crop.getWidth(), crop.getHeight());
    List<Figure> parts = new ArrayList<>();
    for (PlacedImages.Image image : PlacedImages.of(page, this::isOwn)) {
      Rectangle2D seen = image.box().createIntersection(all);
      if (seen.getWidth() > 0 && seen.getHeight() > 0) {
        join(parts, new Figure(number, seen, image.density(), image.photo()));
      }
    }
    return parts.stream()
        .filter(PdfFigures::isSharp)
        .sorted(
            Comparator.comparingDouble((Figure figure) -> -figure.box().getMaxY())
                .thenComparingDouble(figure -> figure.box().getX()))
        .toList();
  }

  /// Adds an image to those that it touches.
  private static void join(List<Figure> parts, Figure image) {
    Figure joined = image;
    for (int i = parts.size() - 1; i >= 0; i--) {
      Figure other = parts.get(i);
      Rectangle2D box = joined.box();
      var around =
          new Rectangle2D.Double(
              box.getX() - GAP_MAX,
              box.getY() - GAP_MAX,
              box.getWidth() + 2 * GAP_MAX,
              box.getHeight() + 2 * GAP_MAX);
      if (around.intersects(other.box())) {
        parts.remove(i);
        double density = Math.max(joined.density(), other.density());
        boolean photo = joined.photo() && other.photo();
        joined = new Figure(joined.page(), box.createUnion(other.box()), density, photo);
        // It may touch now what it did not before.
        i = parts.size();
      }
    }
    parts.add(joined);
  }

  private static boolean isSharp(Figure figure) {
    Rectangle2D box = figure.box();
    return Math.min(box.getWidth(), box.getHeight()) * figure.density() >= SIDE_MIN;
  }
}
