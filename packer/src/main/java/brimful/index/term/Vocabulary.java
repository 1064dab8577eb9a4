package brimful.index.term;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The terms of an index, as words: in which language most are, which are forms of one word, and
/// which one is meant by a misspelt one. For one thread.
public final class Vocabulary {
  /// Shorter words have too many neighbours.
  private static final int MISSPELT_CHARS_MIN = 5;

  /// A language with so many times fewer chunks than another is quoted, not used.
  private static final int FEW = 10;

  /// No ending is longer: `organize` and `organizationally`. Longer terms are compounds, and the
  /// identifiers of programs.
  private static final int LONGER_MAX = 8;

  /// So many terms with the same beginning are looked at: no word has as many forms.
  private static final int LOOKED_AT_MAX = 50_000;

  private final List<String> split = new ArrayList<>();
  private final TermAnalyzer termAnalyzer =
      new TermAnalyzer((chars, length) -> split.add(new String(chars, 0, length)));
  private final TermDictionary dictionary;

  public Vocabulary(TermDictionary dictionary) {
    this.dictionary = dictionary;
  }

  /// Returns the languages of the texts, by how many chunks have their words of grammar, most
  /// first; without those that have less than a tenth of the most. English in an empty index.
  public List<NaturalLanguage> languages() throws IOException {
    var markers = new EnumMap<NaturalLanguage, List<String>>(NaturalLanguage.class);
    var asked = new TreeSet<String>();
    for (NaturalLanguage language : NaturalLanguage.values()) {
      List<String> terms =
          language.markers().stream()
              .flatMap(marker -> terms(marker).stream())
              .filter(term -> term.length() > 1)
              .toList();
      markers.put(language, terms);
      asked.addAll(terms);
    }
    Map<String, Long> frequencies = dictionary.frequencies(asked);
    var chunks = new EnumMap<NaturalLanguage, Long>(NaturalLanguage.class);
    markers.forEach((language, terms) ->
        chunks.put(
            language, terms.stream().mapToLong(term -> frequencies.getOrDefault(term, 0L)).sum()));
    long most = Collections.max(chunks.values());
    return chunks.entrySet().stream()
        .filter(language -> language.getValue() * FEW >= most)
        .sorted(Map.Entry.<NaturalLanguage, Long>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .limit(most == 0 ? 1 : Long.MAX_VALUE)
        .toList();
  }

  /// Returns the terms that are the same word with another ending, and the word's own term.
  ///
  /// @param term a term of a question
  SortedSet<String> forms(String term, WordStems stems) throws IOException {
    var forms = new TreeSet<String>();
    forms.add(term);
    if (!isWord(term)) {
      return forms;
    }
    Set<String> own = stems.of(term);
    for (String beginning : stems.beginnings(term, own)) {
      addForms(beginning, term.length() + LONGER_MAX, own, stems, forms);
    }
    return forms;
  }

  private void addForms(
      String beginning, int charsMax, Set<String> own, WordStems stems, Set<String> forms)
      throws IOException {
    Iterator<String> candidates = dictionary.beginningWith(beginning, charsMax, LOOKED_AT_MAX);
    while (candidates.hasNext()) {
      String candidate = candidates.next();
      if (candidate.length() <= charsMax
          && isWord(candidate)
          && !Collections.disjoint(own, stems.of(candidate))) {
        forms.add(candidate);
      }
    }
  }

  /// Returns the most frequent term that differs in one letter; empty if the word is known, short,
  /// no single word, or has no such neighbour.
  public Optional<String> spelling(String word) throws IOException {
    List<String> own = terms(word);
    if (own.size() != 1) {
      return Optional.empty();
    }
    String term = own.getFirst();
    if (!isWord(term)
        || term.length() < MISSPELT_CHARS_MIN
        || dictionary.frequencies(List.of(term)).getOrDefault(term, 0L) > 0) {
      return Optional.empty();
    }
    List<String> near = dictionary.near(term).stream().filter(Vocabulary::isWord).toList();
    return dictionary.frequencies(near).entrySet().stream()
        .filter(neighbour -> neighbour.getValue() > 0)
        .min(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }

  private List<String> terms(String word) {
    split.clear();
    termAnalyzer.split(word);
    return List.copyOf(split);
  }

  static boolean isWord(String term) {
    return term.codePoints().allMatch(c -> Character.isLetter(c) || isMark(c));
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
