package brimful.mcp.tool;

import brimful.corpus.Chunk;
import brimful.corpus.Folding;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Tells in one line why a passage may answer a question: the definition or heading that it is part
/// of, and its line that has most of the question's words.
///
/// A word counts less the more of the passage's lines have it. Of equal lines the longest is
/// chosen, since a sentence tells more than a heading; where no line has a word, the first.
///
/// @param words of the question, folded, without their endings
record Why(List<String> words) {
  private static final int LINE_CHARS_MAX = 120;
  private static final int HEADING_CHARS_MAX = 80;
  private static final int WORD_CHARS_MIN = 3;
  private static final int WORDS_MAX = 60;

  /// Words of at least this length lose up to two letters: `retries` is found by `retrying`.
  private static final int STEMMED_CHARS_MIN = 6;

  /// Words of questions that tell nothing about an answer.
  private static final Set<String> IDLE =
      Set.of(
          "what", "when", "where", "which", "who", "why", "how", "does", "did", "the", "and", "are",
          "was", "were", "for", "from", "with", "this", "that", "these", "those", "than", "into",
          "then", "them", "they", "there", "its", "has", "have", "had", "can", "not", "but", "any");

  static Why of(String question) {
    return new Why(
        Arrays.stream(Folding.of(question).toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}_]+"))
            .filter(word -> word.length() >= WORD_CHARS_MIN && !IDLE.contains(word))
            .map(word ->
                word.length() < STEMMED_CHARS_MIN ? word : word.substring(0, word.length() - 2))
            .distinct()
            .limit(WORDS_MAX)
            .toList());
  }

  /// Returns the line: `Heading: 12: the line`, with its number where lines have numbers.
  String line(Chunk chunk) {
    String[] lines = chunk.text().split("\n", -1);
    int best = best(lines);
    String number =
        chunk.locator() instanceof Locator.Lines(int first, int last)
            ? Math.min(first + best, last) + ": "
            : "";
    String heading = end(chunk.heading().strip());
    return Markup.FOR_ANY.neutral(
        (heading.isEmpty() ? "" : heading + " | ") + number + start(lines[best].strip()));
  }

  /// Returns how many of the question's words a name has.
  int shared(String name) {
    String folded = Folding.of(name).toLowerCase(Locale.ROOT);
    return (int) words.stream().filter(folded::contains).count();
  }

  private int best(String[] lines) {
    String[] folded =
        Stream.of(lines)
            .map(line -> Folding.of(line).toLowerCase(Locale.ROOT))
            .toArray(String[]::new);
    double[] scores = new double[lines.length];
    for (String word : words) {
      long having = Stream.of(folded).filter(line -> line.contains(word)).count();
      for (int i = 0; i < lines.length; i++) {
        scores[i] += folded[i].contains(word) ? 1.0 / having : 0;
      }
    }
    int best = -1;
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isBlank() && (best < 0 || isBetter(lines, scores, i, best))) {
        best = i;
      }
    }
    return Math.max(0, best);
  }

  private static boolean isBetter(String[] lines, double[] scores, int one, int other) {
    return scores[one] > scores[other]
        || (scores[one] == scores[other]
            && scores[one] > 0
            && lines[one].strip().length() > lines[other].strip().length());
  }

  private static String start(String text) {
    if (text.length() <= LINE_CHARS_MAX) {
      return text;
    }
    boolean halved = Character.isHighSurrogate(text.charAt(LINE_CHARS_MAX - 1));
    return text.substring(0, halved ? LINE_CHARS_MAX - 1 : LINE_CHARS_MAX) + "…";
  }

  /// The innermost heading says most.
  private static String end(String heading) {
    if (heading.length() <= HEADING_CHARS_MAX) {
      return heading;
    }
    int from = heading.length() - HEADING_CHARS_MAX;
    return "…"
        + heading.substring(Character.isLowSurrogate(heading.charAt(from)) ? from + 1 : from);
  }
}
