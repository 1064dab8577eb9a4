package brimful.index.term;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The words of an index that is elsewhere, in memory: all that it has, and perhaps some that it
/// had. How many chunks have one is asked there. Safe for many threads.
public final class WordList implements TermDictionary {
  private final String[] words;
  private final Function<Collection<String>, Map<String, Long>> counted;

  /// @param words in any order
  /// @param counted returns how many chunks have each of some terms
  public WordList(
      Collection<String> words, Function<Collection<String>, Map<String, Long>> counted) {
    this.words = words.stream().distinct().sorted().toArray(String[]::new);
    this.counted = counted;
  }

  /// Returns whether a list has a term; others are looked up by their frequency alone.
  public static boolean takes(String term) {
    return Vocabulary.isWord(term);
  }

  @Override
  public Iterator<String> beginningWith(String beginning, int charsMax, int limit) {
    int from = at(beginning);
    int to = Math.max(from, at(beginning + Character.MAX_VALUE));
    return Arrays.asList(words).subList(from, from + Math.min(limit, to - from)).iterator();
  }

  private int at(String word) {
    int found = Arrays.binarySearch(words, word);
    return found < 0 ? -found - 1 : found;
  }

  @Override
  public List<String> near(String term) {
    int[] own = term.codePoints().toArray();
    var found = new ArrayList<String>();
    beginningWith(Character.toString(own[0]), Integer.MAX_VALUE, Integer.MAX_VALUE)
        .forEachRemaining(word -> {
          if (Math.abs(word.length() - term.length()) <= 2
              && isNear(own, word.codePoints().toArray())) {
            found.add(word);
          }
        });
    return found;
  }

  /// Whether at most one edit makes one of the other.
  private static boolean isNear(int[] a, int[] b) {
    int head = 0;
    int least = Math.min(a.length, b.length);
    while (head < least && a[head] == b[head]) {
      head++;
    }
    int tail = 0;
    while (tail < least - head && a[a.length - 1 - tail] == b[b.length - 1 - tail]) {
      tail++;
    }
    int left = a.length - head - tail;
    int right = b.length - head - tail;
    boolean swapped = left == 2 && right == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
    return swapped || left <= 1 && right <= 1;
  }

  @Override
  public Map<String, Long> frequencies(Collection<String> terms) {
    return counted.apply(terms);
  }
}
