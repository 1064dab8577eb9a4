package brimful.extract.pdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.text.TextPosition;

/// Finds columns of prose that a page draws row by row, and puts one behind the other.
///
/// Most programs draw one column after the other. Some draw a line of the left column, then the one
/// beside it: a reader who follows them fuses the columns. Such a page is recognised by its jumps,
/// from the end of one piece of a line over a gap to the next piece. Where the gaps of three rows
/// or more lie above each other, they may be a gutter. The pieces between two that cross it are a
/// band; its columns are read one after the other if both are [Prose]. Cells of a table are not:
/// they are short, or numbers, or their lines are no sentences. What is right of a gutter may have
/// another.
///
/// Nothing is lost: only the order changes. Linear in the letters of a page, apart from sorting its
/// jumps.
final class Columns {
  private static final int ROWS_MIN = 3;

  /// The most columns beside each other.
  private static final int COLUMNS_MAX = 4;

  /// So many short pieces on a line are labels, as those of an axis.
  private static final int LABELS_MIN = 3;

  private static final int LABEL_CHARACTERS = 6;

  private static final int LETTERS_MIN = 10;
  private static final float LETTERS_SHARE = 0.6f;

  /// Baselines of pieces in one row differ less than this many sizes of their letters.
  private static final float ROW_SIZES = 1.2f;

  /// A band goes on over empty space of this many sizes of letters.
  private static final float SPACE_SIZES = 3.5f;

  private Columns() {}

  static List<TextPosition> inReadingOrder(List<TextPosition> letters) {
    List<LinePiece> pieces = LinePiece.of(letters);
    List<LinePiece> ordered = Blocks.ordered(ordered(pieces, COLUMNS_MAX));
    if (ordered.equals(pieces)) {
      return letters;
    }
    List<TextPosition> read = new ArrayList<>(letters.size());
    ordered.forEach(piece -> read.addAll(letters.subList(piece.from(), piece.to())));
    return read;
  }

  private static List<LinePiece> ordered(List<LinePiece> pieces, int columns) {
    Optional<Float> gutter = columns < 2 ? Optional.empty() : gutter(pieces);
    if (gutter.isEmpty()) {
      return pieces;
    }
    List<LinePiece> ordered = new ArrayList<>(pieces.size());
    List<LinePiece> band = new ArrayList<>();
    for (List<LinePiece> line : lines(pieces)) {
      boolean across = isAcross(line, gutter.get());
      if (across || (!band.isEmpty() && !follows(band.getLast(), line.getFirst()))) {
        addBand(band, gutter.get(), columns, ordered);
        band.clear();
      }
      (across ? ordered : band).addAll(line);
    }
    addBand(band, gutter.get(), columns, ordered);
    return ordered;
  }

  /// Returns pieces that are drawn one after the other on one line.
  private static List<List<LinePiece>> lines(List<LinePiece> pieces) {
    List<List<LinePiece>> lines = new ArrayList<>();
    for (LinePiece piece : pieces) {
      if (lines.isEmpty() || !piece.isOnLineOf(lines.getLast().getFirst())) {
        lines.add(new ArrayList<>());
      }
      lines.getLast().add(piece);
    }
    return lines;
  }

  /// Tells whether a line stands across the columns, as a title does, or is a row of labels in a
  /// figure.
  private static boolean isAcross(List<LinePiece> line, float gutter) {
    int characters = line.stream().mapToInt(LinePiece::characters).sum();
    return (line.size() >= LABELS_MIN && characters < LABEL_CHARACTERS * line.size())
        || line.stream()
            .anyMatch(
                piece -> !piece.upright() || (piece.left() < gutter && piece.right() > gutter));
  }

  private static void addBand(
      List<LinePiece> band, float gutter, int columns, List<LinePiece> ordered) {
    List<LinePiece> left = band.stream().filter(piece -> piece.right() <= gutter).toList();
    List<LinePiece> right = band.stream().filter(piece -> piece.right() > gutter).toList();
    if (rows(band, gutter) >= ROWS_MIN && Prose.is(left) && Prose.is(right)) {
      ordered.addAll(ordered(left, columns - 1));
      ordered.addAll(ordered(right, columns - 1));
    } else {
      ordered.addAll(band);
    }
  }

  /// Tells whether a piece stands beside or not far below another.
  private static boolean follows(LinePiece last, LinePiece next) {
    float size = Math.max(last.size(), next.size());
    float down = next.y() - last.y();
    return down > -ROW_SIZES * size && down < SPACE_SIZES * size;
  }

  private static int rows(List<LinePiece> band, float gutter) {
    int rows = 0;
    for (int i = 1; i < band.size(); i++) {
      LinePiece last = band.get(i - 1);
      LinePiece next = band.get(i);
      if (isJump(last, next) && last.right() <= gutter && next.left() >= gutter) {
        rows++;
      }
    }
    return rows;
  }

  /// Returns where most gaps between pieces of a row lie above each other, if there are enough.
  private static Optional<Float> gutter(List<LinePiece> pieces) {
    record Edge(float x, int step) {}
    List<Edge> edges = new ArrayList<>();
    for (int i = 1; i < pieces.size(); i++) {
      LinePiece last = pieces.get(i - 1);
      LinePiece next = pieces.get(i);
      if (isJump(last, next) && isText(last) && isText(next)) {
        edges.add(new Edge(last.right(), 1));
        edges.add(new Edge(next.left(), -1));
      }
    }
    if (edges.size() < 2 * ROWS_MIN) {
      return Optional.empty();
    }
    edges.sort(Comparator.comparingDouble(Edge::x).thenComparingInt(Edge::step));
    int over = 0;
    int most = 0;
    float gutter = 0;
    for (int i = 0; i + 1 < edges.size(); i++) {
      over += edges.get(i).step();
      if (over > most) {
        most = over;
        gutter = (edges.get(i).x() + edges.get(i + 1).x()) / 2;
      }
    }
    return most < ROWS_MIN ? Optional.empty() : Optional.of(gutter);
  }

  private static boolean isJump(LinePiece last, LinePiece next) {
    return last.upright()
        && next.upright()
        && next.left() > last.right()
        && Math.abs(next.y() - last.y()) < ROW_SIZES * Math.max(last.size(), next.size());
  }

  private static boolean isText(LinePiece piece) {
    return piece.letters() >= LETTERS_MIN && piece.letters() >= LETTERS_SHARE * piece.characters();
  }
}
