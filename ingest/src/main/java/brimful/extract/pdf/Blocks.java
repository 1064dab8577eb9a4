package brimful.extract.pdf;

import java.util.ArrayList;
import java.util.List;

/// Puts what a page draws late, such as its tables or bullets after all its paragraphs, where it
/// stands.
///
/// A block is what a page draws from top to bottom without leaving a line free. A block moves in
/// front of the first that stands below it, in the same column, if none that stands above would
/// then follow. Columns keep the order in which they are drawn: blocks beside each other are in no
/// order.
final class Blocks {
  /// A baseline this many sizes above the last one begins a block; a raised sign does not.
  private static final float UP_SIZES = 0.6f;

  /// A line is free where baselines are this many sizes apart.
  private static final float DOWN_SIZES = 1.9f;

  /// Blocks are in one column if they share this much of the narrower one's width.
  private static final float OVERLAP_SHARE = 0.5f;

  /// A page with more blocks is a drawing.
  private static final int BLOCKS_MAX = 1_000;

  private Blocks() {}

  /// Returns pieces from top to bottom of each column.
  static List<LinePiece> ordered(List<LinePiece> pieces) {
    List<Block> blocks = blocks(pieces);
    if (blocks.size() < 2 || blocks.size() > BLOCKS_MAX) {
      return pieces;
    }
    List<Block> placed = new ArrayList<>(blocks.size());
    for (Block block : blocks) {
      placed.add(place(block, placed), block);
    }
    return placed.equals(blocks)
        ? pieces
        : placed.stream().flatMap(block -> block.pieces.stream()).toList();
  }

  private static int place(Block block, List<Block> placed) {
    int end = placed.size();
    for (int at = 0; at < placed.size(); at++) {
      Block other = placed.get(at);
      if (end == placed.size() && block.isAbove(other)) {
        end = at;
      } else if (end < placed.size() && other.isAbove(block)) {
        return placed.size();
      }
    }
    return end;
  }

  private static List<Block> blocks(List<LinePiece> pieces) {
    List<Block> blocks = new ArrayList<>();
    for (LinePiece piece : pieces) {
      if (blocks.isEmpty() || !continues(blocks.getLast().pieces.getLast(), piece)) {
        blocks.add(new Block());
      }
      blocks.getLast().add(piece);
    }
    return blocks;
  }

  private static boolean continues(LinePiece last, LinePiece next) {
    float size = Math.max(last.size(), next.size());
    float down = next.y() - last.y();
    return last.upright() == next.upright()
        && (!next.upright() || (down > -UP_SIZES * size && down < DOWN_SIZES * size));
  }

  private static final class Block {
    private final List<LinePiece> pieces = new ArrayList<>();
    private float left = Float.MAX_VALUE;
    private float right = -Float.MAX_VALUE;
    private float top = Float.MAX_VALUE;
    private float bottom = -Float.MAX_VALUE;

    void add(LinePiece piece) {
      pieces.add(piece);
      left = Math.min(left, piece.left());
      right = Math.max(right, piece.right());
      top = Math.min(top, piece.y() - piece.size() / 2);
      bottom = Math.max(bottom, piece.y());
    }

    boolean isAbove(Block other) {
      float overlap = Math.min(right, other.right) - Math.max(left, other.left);
      return bottom <= other.top
          && overlap >= OVERLAP_SHARE * Math.min(right - left, other.right - other.left)
          && pieces.getFirst().upright()
          && other.pieces.getFirst().upright();
    }
  }
}
