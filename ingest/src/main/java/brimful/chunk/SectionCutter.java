package brimful.chunk;

import brimful.chunk.Cutter.Range;
import brimful.chunk.outline.Breadcrumbs;
import brimful.chunk.outline.Definition;
import brimful.chunk.outline.Language;
import brimful.chunk.outline.Lines;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import brimful.corpus.Picture;
import brimful.corpus.WellFormed;
import brimful.extract.Section;
import brimful.token.TokenCounter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/// Cuts one section into chunks and appends them to those of its document.
final class SectionCutter {
  /// The planned cost of the tag around a text, in tokens.
  private static final int TAG_TOKENS = 40;

  /// Blank lines or blanks that would fill more than this part of a chunk are dropped.
  private static final int WHITE_PART = 2;

  /// Short turns of a chat share a chunk up to about this size: one of ten words costs less than
  /// the tag around it.
  private static final int TURNS_TOKENS = 64;

  /// The heading of a section, such as the header row of a sheet, fills at most this part of a
  /// chunk. Chunks of prose grow for it, up to the size of code.
  private static final int HEADING_PART = 3;

  private final TokenCounter counter;
  private final Markup markup;
  private final String heading;
  private final int tokensMax;

  /// How many tokens of a chunk are planned for text.
  private final int plan;

  private final int linesMax;
  private final DocumentId document;
  private final int first;
  private final Section section;
  private final Lines lines;
  private final CutPoints cutPoints;
  private final Breadcrumbs breadcrumbs;
  private final DefinedNames names;
  private final List<Chunk> chunks;
  private final BitSet turns;

  /// How many chunks other sections gave.
  private final int before;

  private int lastNamed = -1;

  /// @param first the ordinal of the first of the chunks
  SectionCutter(
      TokenCounter counter,
      ChunkLimits limits,
      DocumentId document,
      int first,
      Section section,
      List<Chunk> chunks) {
    this.counter = counter;
    this.first = first;
    markup = new Markup(counter.specials());
    this.document = document;
    this.section = section;
    this.lines = Lines.of(section.text());
    Language language = language(document, section);
    heading = shortened(section.heading(), limits.tokensMax() / HEADING_PART);
    int headingTokens = counter.count(heading);
    int grown = Math.min(headingTokens * HEADING_PART, limits.tokensMax());
    tokensMax = language.prose() ? Math.max(limits.proseTokensMax(), grown) : limits.tokensMax();
    plan = tokensMax - TAG_TOKENS - headingTokens;
    linesMax = limits.linesMax();
    List<Definition> definitions = language.outliner().outline(lines);
    // Each line of subtitles has a place of its own already, and is too short for a chunk.
    boolean spoken = section.locator() instanceof Locator.Time;
    if (section.locator() instanceof Locator.Turns) {
      turns = placedTurns(section.places());
    } else {
      turns = language.prose() && !spoken ? ConversationTurns.of(lines) : new BitSet();
    }
    this.cutPoints = CutPoints.of(lines, definitions);
    this.breadcrumbs = new Breadcrumbs(lines, definitions);
    this.names = new DefinedNames(definitions);
    this.chunks = chunks;
    before = chunks.size();
  }

  private String shortened(String heading, int tokensMax) {
    String part = heading;
    for (int tokens = counter.count(part); tokens > tokensMax; tokens = counter.count(part + "…")) {
      int fits = (int) ((long) part.length() * tokensMax / tokens);
      part = WellFormed.start(part, Math.min(part.length() - 1, fits));
    }
    return part.equals(heading) ? part : part + "…";
  }

  /// Returns the lines at which another turn begins.
  private static BitSet placedTurns(List<Locator> places) {
    var starts = new BitSet();
    for (int line = 1; line < places.size(); line++) {
      starts.set(line, !places.get(line).equals(places.get(line - 1)));
    }
    return starts;
  }

  private static Language language(DocumentId document, Section section) {
    return switch (section.locator()) {
      case Locator.Lines _ -> Language.of(document, section.text());
      case Locator.Cell _ -> Language.ofCell(section.text());
      case Locator.Page _,
          Locator.Figure _,
          Locator.Slide _,
          Locator.Sheet _,
          Locator.Time _,
          Locator.Turns _ ->
          Language.TEXT;
    };
  }

  /// Returns the heading above everything, or nothing.
  String title() {
    return breadcrumbs.title();
  }

  void cut() {
    var cutter = new Cutter(cutPoints, linesMax);
    Deque<Range> left = new ArrayDeque<>();
    for (Range part : parts()) {
      left.addAll(cutter.cut(part, plan));
    }
    while (!left.isEmpty()) {
      Range range = left.pop();
      int start = lines.start(cutPoints.line(range.from()));
      int tokens = append(start, end(range));
      if (tokens > tokensMax && range.rows() > 1) {
        long size = cutPoints.size(range.from(), range.to()) / Estimate.UNIT;
        int smaller = (int) Math.min(size * 2 / 3, size * plan * 9 / 10 / tokens);
        List<Range> parts = new ArrayList<>(cutter.cut(range, smaller));
        Collections.reverse(parts);
        parts.forEach(left::push);
      } else if (tokens > tokensMax) {
        cutRow(start, end(range));
      }
    }
  }

  /// Returns the turns of a conversation, with the text before the first; otherwise the whole.
  private List<Range> parts() {
    var parts = new ArrayList<Range>();
    int from = 0;
    for (int row = 1; row < cutPoints.rows(); row++) {
      if (turns.get(cutPoints.line(row))) {
        parts.add(new Range(from, row));
        from = row;
      }
    }
    parts.add(new Range(from, cutPoints.rows()));
    return section.locator() instanceof Locator.Turns ? joined(parts) : parts;
  }

  /// Joins short turns that follow each other.
  private List<Range> joined(List<Range> parts) {
    var joined = new ArrayList<Range>();
    for (Range part : parts) {
      Range before = joined.isEmpty() ? part : joined.getLast();
      if (!joined.isEmpty()
          && cutPoints.size(before.from(), part.to()) <= (long) TURNS_TOKENS * Estimate.UNIT) {
        joined.removeLast();
        joined.add(new Range(before.from(), part.to()));
      } else {
        joined.add(part);
      }
    }
    return joined;
  }

  private int end(Range range) {
    return lines.end(cutPoints.line(range.to()) - 1);
  }

  /// Cuts a line that is too long, with the surrounding blank lines.
  private void cutRow(int rowStart, int rowEnd) {
    String text = lines.text();
    int inkStart = rowStart;
    while (Lines.isWhite(text.charAt(inkStart))) {
      inkStart++;
    }
    int inkEnd = rowEnd;
    while (Lines.isWhite(text.charAt(inkEnd - 1))) {
      inkEnd--;
    }
    int whiteMax = tokensMax / WHITE_PART - TAG_TOKENS;
    int start = counter.count(text.substring(rowStart, inkStart)) > whiteMax ? inkStart : rowStart;
    int end = counter.count(text.substring(inkEnd, rowEnd)) > whiteMax ? inkEnd : rowEnd;
    long length = plan * 3L / 4 * Estimate.UNIT;
    while (start < end) {
      int reach = Estimate.reach(text, Math.max(start, inkStart), inkEnd, length);
      int piece = reach >= inkEnd ? end : LongLine.cut(text, start, reach);
      start = text.substring(start, piece).isBlank() ? piece : cutPiece(start, piece, inkStart);
    }
  }

  /// Appends the longest of ever shorter pieces that fits, and returns its end.
  ///
  /// What cannot be shortened is appended as it is.
  private int cutPiece(int start, int end, int inkStart) {
    int to = end;
    while (!lines.text().substring(start, to).isBlank()) {
      Piece piece = piece(start, to);
      int from = Math.max(start, inkStart);
      int half = LongLine.cut(lines.text(), from, from + Math.max(1, (to - from) / 2));
      if (piece.tokens <= tokensMax || half >= to) {
        add(piece);
        return to;
      }
      to = half;
    }
    return to;
  }

  /// Appends the text between two offsets if it fits, and returns its tokens.
  private int append(int start, int end) {
    Piece piece = piece(start, end);
    if (piece.tokens <= tokensMax) {
      add(piece);
    }
    return piece.tokens;
  }

  /// Some text from one line to another, counted.
  private record Piece(int first, int last, String heading, String text, int tokens) {}

  private Piece piece(int start, int end) {
    int first = lines.at(start);
    int last = lines.at(end);
    String heading = heading(first);
    String text = lines.text().substring(start, end);
    int tokens = counter.count(markup.segment(locator(first, last), heading, text));
    return new Piece(first, last, heading, text, tokens);
  }

  private String heading(int line) {
    String path = breadcrumbs.pathTo(line);
    return heading.isEmpty() || path.isEmpty() ? heading + path : heading + " > " + path;
  }

  private void add(Piece piece) {
    List<String> defined = names.between(Math.max(piece.first, lastNamed + 1), piece.last);
    lastNamed = piece.last;
    chunks.add(
        new Chunk(
            document,
            first + chunks.size(),
            locator(piece.first, piece.last),
            piece.heading,
            defined,
            piece.text,
            piece.tokens,
            chunks.size() == before ? section.picture() : Picture.NONE));
  }

  private Locator locator(int first, int last) {
    if (!section.places().isEmpty()) {
      // All of them: a row between may be wider than both.
      return section.places().subList(first, last + 1).stream()
          .reduce(Locator::to)
          .orElse(section.locator());
    }
    return section.locator() instanceof Locator.Lines(int from, _)
        ? new Locator.Lines(from + first, from + last)
        : section.locator();
  }
}
