package brimful.index.term;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Removes the endings of an index's words in one language. For one thread.
///
/// The words of an index have lost their diacritics, and endings that look English, by [Stemmer].
/// Therefore a word has several stems: as it is, and with the e that it may have lost.
final class WordStems {
  private static final int BEGINNING_CHARS_MIN = 2;

  private final NaturalLanguage language;
  private final Word word = new Word();
  private final TokenStream stream;
  private final CharTermAttribute stem;

  WordStems(NaturalLanguage language) {
    this.language = language;
    stream = language.stems(word);
    stem = stream.getAttribute(CharTermAttribute.class);
  }

  /// Returns the possible stems of a term; two terms that share one are the same word.
  Set<String> of(String term) {
    String plain = bare(term);
    String longer = bare(term + 'e');
    return plain.equals(longer) ? Set.of(plain) : Set.of(plain, longer);
  }

  /// Returns what the forms of a word begin with.
  ///
  /// @param stems of the term
  List<String> beginnings(String term, Set<String> stems) {
    String bare = Collections.min(stems, Comparator.comparing(String::length));
    int shared = shared(term, bare);
    // Greek accents move, and are kept in the index.
    boolean accented = UnicodeScript.of(term.codePointAt(0)) == UnicodeScript.GREEK;
    String beginning =
        accented
            ? bare.substring(0, 1)
            : bare.substring(0, Math.min(bare.length(), Math.max(BEGINNING_CHARS_MIN, shared - 1)));
    return language.prefixes().stream().map(prefix -> prefix + beginning).toList();
  }

  /// Removes endings, also those that the index has lost, until none is left.
  private String bare(String term) {
    String before = term;
    String bare = stem(term);
    while (bare.length() < before.length() && !bare.isEmpty()) {
      before = bare;
      bare = stem(Stemmer.stem(bare));
    }
    return bare;
  }

  private String stem(String term) {
    try {
      word.next = term;
      stream.incrementToken();
      return stem.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int shared(String a, String b) {
    int end = Math.min(a.length(), b.length());
    int shared = 0;
    while (shared < end && a.charAt(shared) == b.charAt(shared)) {
      shared++;
    }
    return shared;
  }

  /// A stream that is always at one word.
  private static final class Word extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private String next = "";

    @Override
    public boolean incrementToken() {
      clearAttributes();
      term.append(next);
      return true;
    }
  }
}
