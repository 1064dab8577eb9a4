package brimful.token;

import brimful.corpus.PictureSize;

/// What a picture costs, by the formula of a family of models.
///
/// The formulas are the published ones, in whole numbers; providers shrink large pictures before
/// they count, and so do these. Where a family publishes none, the result is an upper bound.
///
/// Pure and safe for many threads.
public sealed interface ImageTokens {
  /// Returns the tokens of a picture, at least 1.
  int of(PictureSize size);

  /// Returns whether this is the provider's own formula rather than an upper bound.
  default boolean exact() {
    return true;
  }

  /// DeepSeek V4.1 Flash: cells of 42 pixels, one token more a row, one before and one after; at
  /// most 1,024 together, and no picture counts less than one of 544 × 544.
  record DeepSeek() implements ImageTokens {
    private static final int PATCH = 14;
    private static final int CELL = 42;
    private static final int TOKENS_MAX = 1_024;
    private static final double AREA_MIN = 544 * 544;

    @Override
    public int of(PictureSize size) {
      double w = size.width();
      double h = size.height();
      if (w * h < AREA_MIN) {
        double scale = Math.sqrt(AREA_MIN / (w * h));
        w = Math.floor(w * scale);
        h = Math.floor(h * scale);
      }
      // A line of one pixel may have no height left.
      w = Math.max(1, w);
      h = Math.max(1, h);
      long tokens = tokens(w, h);
      if (tokens <= TOKENS_MAX) {
        return (int) tokens;
      }
      double ratio = h / w;
      double across = Math.sqrt((TOKENS_MAX - 2) / ratio + 0.25) - 0.5;
      double down = across * ratio;
      if (across < 1) {
        return (int) tokens(CELL, (double) ((TOKENS_MAX - 2) / 2) * CELL);
      }
      if (down < 1) {
        return (int) tokens((double) (TOKENS_MAX - 3) * CELL, CELL);
      }
      double fit = Math.min(Math.floor(across) * CELL / w, Math.floor(down) * CELL / h);
      return (int)
          tokens(
              Math.floor(w * fit / PATCH) * PATCH,
              Math.max(PATCH, Math.floor(h * fit / PATCH) * PATCH));
    }

    private static long tokens(double w, double h) {
      long columns = Math.ceilDiv((long) Math.ceil(w / PATCH), 3);
      long rows = Math.ceilDiv((long) Math.ceil(h / PATCH), 3);
      return rows * (columns + 1) + 2;
    }
  }

  /// OpenAI from GPT-5.4 on, and its small models: patches of 32 pixels, times a factor.
  ///
  /// @param percent the factor, in hundredths
  /// @param patchesMax pictures of more are shrunk until they have no more
  /// @param sideMax pictures with a longer side are shrunk first; 0 for any
  record Patches(int percent, int patchesMax, int sideMax) implements ImageTokens {
    private static final int SIDE = 32;

    public Patches {
      requirePositive(percent, patchesMax);
    }

    @Override
    public int of(PictureSize size) {
      double w = size.width();
      double h = size.height();
      if (sideMax > 0 && Math.max(w, h) > sideMax) {
        double scale = sideMax / Math.max(w, h);
        w *= scale;
        h *= scale;
      }
      if (patches(w, h) > patchesMax) {
        double scale = Math.sqrt((double) SIDE * SIDE * patchesMax / (w * h));
        double across = w * scale / SIDE;
        double down = h * scale / SIDE;
        scale *= Math.min(whole(across) / across, whole(down) / down);
        // What is a whole number of patches by arithmetic may be a hair more.
        w = Math.max(1, Math.floor(w * scale + 1e-6));
        h = Math.max(1, Math.floor(h * scale + 1e-6));
      }
      long patches = Math.min(patches(w, h), patchesMax);
      return Math.toIntExact(Math.ceilDiv(patches * percent, 100L));
    }

    private static double whole(double patches) {
      return Math.max(1, Math.floor(patches));
    }

    private static long patches(double w, double h) {
      return (long) Math.ceil(w / SIDE) * (long) Math.ceil(h / SIDE);
    }
  }

  /// OpenAI up to GPT-5: shrunk into 2048 × 2048, then to 768 on the short side; tiles of 512.
  ///
  /// @param base tokens of any picture
  /// @param tile tokens of a tile
  record Tiles(int base, int tile) implements ImageTokens {
    private static final double FIT = 2_048;
    private static final double SHORT = 768;
    private static final int SIDE = 512;

    public Tiles {
      requirePositive(base, tile);
    }

    @Override
    public int of(PictureSize size) {
      double w = size.width();
      double h = size.height();
      double fit = Math.min(1, FIT / Math.max(w, h));
      w *= fit;
      h *= fit;
      double shrink = Math.min(1, SHORT / Math.min(w, h));
      return base + tile * tiles(w * shrink) * tiles(h * shrink);
    }

    private static int tiles(double side) {
      return (int) Math.max(1, Math.ceil(Math.floor(side + 1e-6) / SIDE));
    }
  }

  /// Claude: cells of 28 pixels, shrunk to a longest side and a number of cells.
  record Claude(int sideMax, int tokensMax) implements ImageTokens {
    private static final int SIDE = 28;

    public Claude {
      requirePositive(sideMax, tokensMax);
    }

    @Override
    public int of(PictureSize size) {
      int side = Math.max(size.width(), size.height());
      int low = 1;
      int high = Math.min(side, sideMax);
      while (low < high) {
        int middle = (low + high + 1) >>> 1;
        if (cells(size, middle, side) <= tokensMax) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return (int) Math.min(tokensMax, cells(size, low, side));
    }

    private static long cells(PictureSize size, int to, int from) {
      return cells((long) size.width() * to, from) * cells((long) size.height() * to, from);
    }

    /// Returns the cells of `scaled / by` pixels.
    private static long cells(long scaled, int by) {
      return Math.max(1, Math.ceilDiv(scaled, (long) by * SIDE));
    }
  }

  /// Gemini 2: small pictures are one tile, others have one for each 768 × 768.
  record GeminiTiles() implements ImageTokens {
    private static final int TILE_TOKENS = 258;
    private static final int SMALL = 384;
    private static final int SIDE = 768;

    @Override
    public int of(PictureSize size) {
      return Math.max(size.width(), size.height()) <= SMALL
          ? TILE_TOKENS
          : TILE_TOKENS * Math.ceilDiv(size.width(), SIDE) * Math.ceilDiv(size.height(), SIDE);
    }
  }

  /// Every picture costs the same, as by default with Gemini 3.
  record Fixed(int tokens) implements ImageTokens {
    public Fixed {
      requirePositive(tokens, 1);
    }

    @Override
    public int of(PictureSize size) {
      return tokens;
    }
  }

  /// An upper bound for models whose formula is not published: one token for each square, one more
  /// for each row, and some around.
  ///
  /// @param side of the square, in pixels: 28 or 32 in open weights
  record Bound(int side) implements ImageTokens {
    private static final int AROUND = 8;

    public Bound {
      requirePositive(side, 1);
    }

    @Override
    public int of(PictureSize size) {
      return Math.ceilDiv(size.height(), side) * (Math.ceilDiv(size.width(), side) + 1) + AROUND;
    }

    @Override
    public boolean exact() {
      return false;
    }
  }

  private static void requirePositive(int one, int other) {
    if (one < 1 || other < 1) {
      throw new IllegalArgumentException(
          "image tokens by %s and %s: give positive numbers".formatted(one, other));
    }
  }
}
