package brimful.pack;

import brimful.corpus.Chunk;
import brimful.corpus.Locator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Cuts the lines out of chunks on which definitions begin.
///
/// A chunk knows the names it defines, in order, and not on which lines: that is looked for. 98 of
/// 100 lines are the right ones (RATIONALE.md, "A skeleton of what is left out"); another is shown
/// as what it is, a line of the document under its number.
final class Signatures {
  /// What starts lines that speak of a name and do not define it.
  private static final Pattern COMMENT =
      Pattern.compile("\\s*(?://|/\\*|\\*|#|--|@|\"|').*", Pattern.DOTALL);

  private final ChunkTable table;
  private final Costs costs;
  private final Texts texts;

  Signatures(ChunkTable table, Costs costs, Texts texts) {
    this.table = table;
    this.costs = costs;
    this.texts = texts;
  }

  /// Returns the lines, in order, those that follow on each other in one span; none where the
  /// chunk's locator is not the lines of its text.
  ///
  /// The spans have no heading: that of the chunk is the one of its first line.
  ///
  /// @param chunk one whose text has been read
  List<Span> of(int chunk) {
    Chunk whole = texts.get(chunk);
    List<String> lines = List.of(whole.text().split("\n", -1));
    if (!(whole.locator() instanceof Locator.Lines(int first, int last))
        || lines.size() != last - first + 1) {
      return List.of();
    }
    BitSet found = found(whole.definitions(), lines);
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

  private static BitSet found(List<String> names, List<String> lines) {
    var found = new BitSet(lines.size());
    int from = 0;
    for (String name : names) {
      Predicate<String> defines = defines(name);
      for (int line = from; line < lines.size(); line++) {
        if (defines.test(lines.get(line)) && !COMMENT.matcher(lines.get(line)).matches()) {
          found.set(line);
          from = line + 1;
          break;
        }
      }
    }
    return found;
  }

  /// Returns whether a line has the name as a definition may have it: of nothing else, and before
  /// parameters, a value, a body or another word.
  private static Predicate<String> defines(String name) {
    return Pattern.compile(
            "(?<![\\w.])" + Pattern.quote(name) + "(?=\\s*(?:[(<:{=\\[]|$)|\\s+\\p{L})")
        .asPredicate();
  }
}
