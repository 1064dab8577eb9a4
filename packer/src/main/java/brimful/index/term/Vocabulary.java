package brimful.index.term;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// The terms of an index, as words: in which language most are, which are forms of one word, and
/// which one is meant by a misspelt one. For one thread; the reader must stay open.
public final class Vocabulary {
  /// A misspelling has one letter too many, too few, or another, or two that changed places.
  private static final int EDITS = 1;

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
  private final IndexReader reader;
  private final String field;
  private final @Nullable Terms terms;

  public Vocabulary(IndexReader reader, String field) throws IOException {
    this.reader = reader;
    this.field = field;
    terms = MultiTerms.getTerms(reader, field);
  }

  /// Returns the languages of the texts, by how many chunks have their words of grammar, most
  /// first; without those that have less than a tenth of the most. English in an empty index.
  public List<NaturalLanguage> languages() throws IOException {
    var chunks = new EnumMap<NaturalLanguage, Long>(NaturalLanguage.class);
    for (NaturalLanguage language : NaturalLanguage.values()) {
      long found = 0;
      for (String marker : language.markers()) {
        for (String term : terms(marker)) {
          found += term.length() > 1 ? frequency(term) : 0;
        }
      }
      chunks.put(language, found);
    }
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
    Set<String> own = stems.of(term);
    if (terms == null || !isWord(term)) {
      return forms;
    }
    for (String beginning : stems.beginnings(term, own)) {
      addForms(beginning, term.length() + LONGER_MAX, own, stems, forms);
    }
    return forms;
  }

  private void addForms(
      String beginning, int charsMax, Set<String> own, WordStems stems, Set<String> forms)
      throws IOException {
    TermsEnum all = requireNonNull(terms).iterator();
    BytesRef at =
        all.seekCeil(new BytesRef(beginning)) == TermsEnum.SeekStatus.END ? null : all.term();
    for (int looked = 0; at != null && looked < LOOKED_AT_MAX; looked++) {
      String candidate = at.utf8ToString();
      if (!candidate.startsWith(beginning)) {
        return;
      }
      if (candidate.length() <= charsMax
          && isWord(candidate)
          && !Collections.disjoint(own, stems.of(candidate))) {
        forms.add(candidate);
      }
      at = all.next();
    }
  }

  /// Returns the most frequent term that differs in one letter; empty if the word is known, short,
  /// no single word, or has no such neighbour.
  public Optional<String> spelling(String word) throws IOException {
    List<String> own = terms(word);
    if (terms == null || own.size() != 1) {
      return Optional.empty();
    }
    String term = own.getFirst();
    if (!isWord(term) || term.length() < MISSPELT_CHARS_MIN || frequency(term) > 0) {
      return Optional.empty();
    }
    record Neighbour(String term, int frequency) {}
    var neighbours = new ArrayList<Neighbour>();
    // The first letter is seldom wrong, and knowing it leaves few terms to look at.
    var near = new FuzzyTermsEnum(terms, new Term(field, term), EDITS, 1, true);
    for (BytesRef at = near.next(); at != null; at = near.next()) {
      String candidate = at.utf8ToString();
      if (isWord(candidate)) {
        neighbours.add(new Neighbour(candidate, near.docFreq()));
      }
    }
    return neighbours.stream()
        .min(Comparator.comparing(Neighbour::frequency).reversed().thenComparing(Neighbour::term))
        .map(Neighbour::term);
  }

  private int frequency(String term) throws IOException {
    return reader.docFreq(new Term(field, term));
  }

  private List<String> terms(String word) {
    split.clear();
    termAnalyzer.split(word);
    return List.copyOf(split);
  }

  private static boolean isWord(String term) {
    return term.codePoints().allMatch(c -> Character.isLetter(c) || isMark(c));
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
