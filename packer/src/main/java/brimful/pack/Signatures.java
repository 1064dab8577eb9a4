package brimful.pack;

import brimful.corpus.Chunk;
import brimful.corpus.Locator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Cuts the lines on which definitions begin out of chunks.
///
/// A chunk knows the names it defines, in order, but not their lines, so the lines are searched
/// for. 98 % of them are right (RATIONALE.md, "A skeleton of what is left out"); a wrong one is
/// still shown as what it is, a line of the document under its number.
final class Signatures {
  /// Beginnings of lines that mention a name without defining it.
  private static final Pattern COMMENT =
      Pattern.compile("\\s*(?://|/\\*|\\*|#|--|@|\"|').*", Pattern.DOTALL);

  private static final Pattern HEADING = Pattern.compile("#{1,6} .*");

  private final ChunkTable table;
  private final TokenCosts costs;
  private final ChunkTexts texts;

  Signatures(ChunkTable table, TokenCosts costs, ChunkTexts texts) {
    this.table = table;
    this.costs = costs;
    this.texts = texts;
  }

  /// Returns the lines in order, consecutive ones in one span; none if the chunk's locator is not a
  /// line range.
  ///
  /// The spans have no heading; a chunk's heading belongs to its first line.
  ///
  /// @param chunk one whose text has been read
  List<Span> of(int chunk) {
    return spans(chunk, false);
  }

  /// Returns these lines, and of Markdown the headings.
  List<Span> outline(int chunk) {
    return spans(chunk, isMarkdown(table.document(table.documentOf(chunk)).value()));
  }

  private static boolean isMarkdown(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.endsWith(".md") || lower.endsWith(".markdown");
  }

  private List<Span> spans(int chunk, boolean headings) {
    Chunk whole = texts.get(chunk);
    List<String> lines = List.of(whole.text().split("\n", -1));
    if (!(whole.locator() instanceof Locator.Lines(int first, int last))
        || lines.size() != last - first + 1) {
      return List.of();
    }
    BitSet found = headings ? headings(lines) : found(whole.definitions(), lines);
    var spans = new ArrayList<Span>();
    for (int from = found.nextSetBit(0); from >= 0; ) {
      int to = found.nextClearBit(from);
      var locator = new Locator.Lines(first + from, first + to - 1);
      String text = String.join("\n", lines.subList(from, to));
      int tokens = costs.segment(table.documentOf(chunk), locator, "", text);
      spans.add(new Span(chunk, locator.first(), locator, "", text, tokens));
      from = found.nextSetBit(to);
    }
    return spans;
  }

  private static BitSet headings(List<String> lines) {
    var found = new BitSet(lines.size());
    for (int line = 0; line < lines.size(); line++) {
      found.set(line, HEADING.matcher(lines.get(line)).matches());
    }
    return found;
  }

  private static BitSet found(List<String> names, List<String> lines) {
    var found = new BitSet(lines.size());
    int from = 0;
    for (String name : names) {
      // Compiled once a name; most lines do not even mention it.
      Predicate<String> defines = defines(name);
      for (int line = from; line < lines.size(); line++) {
        if (lines.get(line).contains(name)
            && defines.test(lines.get(line))
            && !COMMENT.matcher(lines.get(line)).matches()) {
          found.set(line);
          from = line + 1;
          break;
        }
      }
    }
    return found;
  }

  /// Returns whether a line contains the name as a definition would: as a whole word, followed by
  /// parameters, a value, a body or another word.
  private static Predicate<String> defines(String name) {
    return Pattern.compile(
            "(?<![\\w.])" + Pattern.quote(name) + "(?=\\s*(?:[(<:{=\\[]|$)|\\s+\\p{L})")
        .asPredicate();
  }
}
