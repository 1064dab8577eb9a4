package brimful.eval;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.eval.GoldQuestion.FileLines;
import brimful.eval.GoldQuestion.LineGold;
import brimful.pack.Window.Placed;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Measures of a window's content.
final class WindowMeasures {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private final GoldQuestion question;
  private final List<Placed> placed;
  private final Function<String, String> texts;
  private final Set<String> documents = new HashSet<>();
  private final Map<String, BitSet> linesOf = new HashMap<>();

  /// @param texts returns the whole text of the file that the gold names, for gold in characters
  WindowMeasures(GoldQuestion question, List<Placed> placed, Function<String, String> texts) {
    this.question = question;
    this.placed = placed;
    this.texts = texts;
    for (Placed part : placed) {
      documents.add(part.document().value());
      if (part.locator() instanceof Locator.Lines(int first, int last)) {
        linesOf.computeIfAbsent(part.document().value(), _ -> new BitSet()).set(first, last + 1);
      }
    }
  }

  /// Adds, each with the suffix `@label`: `file` (every gold file is in), `any-file`, `function`
  /// and `line` (every such range is completely in), `span` (the share of those lines), `matter`
  /// (the share of all lines in the window that are such), `recall` (of the evidence), `iou` (of
  /// characters), `words` (the share of the evidence's words that its places show) and `answer`
  /// (its string is in).
  void measure(String label, SortedMap<String, Double> measures) {
    long files = question.files().stream().filter(this::holds).count();
    measures.put("file@" + label, files == question.files().size() ? 1.0 : 0.0);
    measures.put("any-file@" + label, files > 0 ? 1.0 : 0.0);
    lines(LineGold.FUNCTION, "function@" + label, measures);
    lines(LineGold.LINE, "line@" + label, measures);
    spans(label, measures);
    if (question.gold().stream().allMatch(Gold.Chars.class::isInstance)) {
      characters(label, measures);
    } else if (!question.gold().stream().allMatch(Gold.File.class::isInstance)) {
      double found = question.gold().stream().mapToDouble(this::found).sum();
      measures.put("recall@" + label, found / question.gold().size());
    }
    if (!question.evidence().isBlank()) {
      measures.put("words@" + label, words());
    }
    if (!question.answer().isBlank()) {
      measures.put("answer@" + label, answered() ? 1.0 : 0.0);
    }
  }

  private boolean holds(String file) {
    return documents.contains(file);
  }

  private void lines(LineGold kind, String name, SortedMap<String, Double> measures) {
    List<FileLines> ranges = question.lines().getOrDefault(kind, List.of());
    if (!ranges.isEmpty()) {
      boolean all = ranges.stream().allMatch(range -> linesWithin(range) == lines(range));
      measures.put(name, all ? 1.0 : 0.0);
    }
  }

  private void spans(String label, SortedMap<String, Double> measures) {
    List<FileLines> ranges = question.lines().getOrDefault(LineGold.SPAN, List.of());
    if (!ranges.isEmpty()) {
      double within = ranges.stream().mapToLong(this::linesWithin).sum();
      double packed = linesOf.values().stream().mapToLong(BitSet::cardinality).sum();
      measures.put(
          "span@" + label, within / ranges.stream().mapToLong(WindowMeasures::lines).sum());
      measures.put("matter@" + label, packed == 0 ? 0 : within / packed);
    }
  }

  private static long lines(FileLines range) {
    return range.last() - range.first() + 1L;
  }

  private long linesWithin(FileLines range) {
    return linesOf
        .getOrDefault(range.file(), new BitSet())
        .get(range.first(), range.last() + 1)
        .cardinality();
  }

  private double found(Gold gold) {
    return !(gold instanceof Gold.Chars) && placed.stream().anyMatch(part -> shows(part, gold))
        ? 1
        : 0;
  }

  /// Adds the recall and the intersection over union of characters, without white space.
  private void characters(String label, SortedMap<String, Double> measures) {
    long wanted = 0;
    long found = 0;
    Map<String, BitSet> shown = new HashMap<>();
    Map<String, BitSet> gold = new HashMap<>();
    for (Gold each : question.gold()) {
      if (each instanceof Gold.Chars(String path, int from, int to)) {
        shown.computeIfAbsent(path, this::shownCharacters);
        gold.computeIfAbsent(path, _ -> new BitSet()).set(from, to);
      }
    }
    for (Map.Entry<String, BitSet> entry : gold.entrySet()) {
      BitSet both = (BitSet) entry.getValue().clone();
      both.and(shown.getOrDefault(entry.getKey(), new BitSet()));
      wanted += entry.getValue().cardinality();
      found += both.cardinality();
    }
    long packed =
        placed.stream()
            .mapToLong(part -> part.text().codePointCount(0, part.text().length()))
            .sum();
    measures.put("recall@" + label, (double) found / wanted);
    measures.put("iou@" + label, (double) found / (wanted + packed - found));
  }

  /// Returns which code points of a file are in the window.
  private BitSet shownCharacters(String path) {
    var shown = new BitSet();
    String whole = texts.apply(path);
    Map<DocumentId, List<Placed>> parts =
        placed.stream()
            .filter(part -> part.document().value().equals(path))
            .collect(Collectors.groupingBy(Placed::document));
    for (List<Placed> ofDocument : parts.values()) {
      int from = 0;
      for (Placed part : ofDocument) {
        int at = whole.indexOf(part.text(), Math.max(from, lineStart(whole, part.locator())));
        if (at >= 0) {
          int first = whole.codePointCount(0, at);
          from = at + part.text().length();
          shown.set(first, first + whole.codePointCount(at, from));
        }
      }
    }
    return shown;
  }

  /// Returns where the lines of a part begin: the same words may also occur further up.
  private static int lineStart(String whole, Locator locator) {
    int start = 0;
    if (locator instanceof Locator.Lines(int first, int _)) {
      for (int line = 1; line < first && start >= 0; line++) {
        start = whole.indexOf('\n', start) + 1;
      }
    }
    return start;
  }

  private boolean answered() {
    String answer = plain(question.answer());
    return placed.stream().anyMatch(part -> plain(part.text()).contains(answer));
  }

  /// Returns the share of the evidence's words, each as often as it occurs, that the gold's own
  /// places show: one line of a page shows the page, but few of its words.
  private double words() {
    Map<String, Integer> shown = new HashMap<>();
    placed.stream()
        .filter(part -> question.gold().stream().anyMatch(gold -> shows(part, gold)))
        .forEach(part ->
            WORD.matcher(part.text().toLowerCase(Locale.ROOT))
                .results()
                .forEach(word -> shown.merge(word.group(), 1, Integer::sum)));
    int wanted = 0;
    int found = 0;
    for (MatchResult word :
        WORD.matcher(question.evidence().toLowerCase(Locale.ROOT)).results().toList()) {
      wanted++;
      found += shown.merge(word.group(), -1, Integer::sum) >= 0 ? 1 : 0;
    }
    return wanted == 0 ? 0 : (double) found / wanted;
  }

  private static boolean shows(Placed part, Gold gold) {
    return switch (gold) {
      case Gold.File(String path) -> part.document().value().equals(path);
      case Gold.Chars(String path, int _, int _) -> part.document().value().equals(path);
      case Gold.Page(String path, int number) ->
          part.document().value().equals(path) && part.locator().equals(new Locator.Page(number));
      case Gold.Marked(String marked) -> part.text().contains("[" + marked + "]");
    };
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[\\s,$%]+", " ").strip();
  }
}
