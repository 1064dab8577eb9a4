package brimful.index.term;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// The terms of a field of a Lucene index; the reader must stay open. Frequencies count deleted
/// chunks until their segment is merged.
public final class LuceneDictionary implements TermDictionary {
  private final IndexReader reader;
  private final String field;
  private final @Nullable Terms terms;

  public LuceneDictionary(IndexReader reader, String field) throws IOException {
    this.reader = reader;
    this.field = field;
    terms = MultiTerms.getTerms(reader, field);
  }

  @Override
  public Iterator<String> beginningWith(String beginning) throws IOException {
    if (terms == null) {
      return Collections.emptyIterator();
    }
    TermsEnum all = terms.iterator();
    boolean none = all.seekCeil(new BytesRef(beginning)) == TermsEnum.SeekStatus.END;
    return new Beginning(all, none ? null : all.term(), beginning);
  }

  /// Terms as they are read.
  private static final class Beginning implements Iterator<String> {
    private final TermsEnum all;
    private final String beginning;
    private @Nullable String next;

    Beginning(TermsEnum all, @Nullable BytesRef first, String beginning) {
      this.all = all;
      this.beginning = beginning;
      next = within(first);
    }

    private @Nullable String within(@Nullable BytesRef term) {
      String text = term == null ? "" : term.utf8ToString();
      return term != null && text.startsWith(beginning) ? text : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public String next() {
      String term = next;
      if (term == null) {
        throw new NoSuchElementException("no more terms begin with " + beginning);
      }
      try {
        next = within(all.next());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return term;
    }
  }

  @Override
  public List<String> near(String term) throws IOException {
    var found = new ArrayList<String>();
    if (terms != null) {
      // The first letter is seldom wrong, and knowing it leaves few terms to look at.
      var near = new FuzzyTermsEnum(terms, new Term(field, term), 1, 1, true);
      for (BytesRef at = near.next(); at != null; at = near.next()) {
        found.add(at.utf8ToString());
      }
    }
    return found;
  }

  @Override
  public Map<String, Long> frequencies(Collection<String> some) throws IOException {
    var frequencies = new HashMap<String, Long>();
    for (String term : some) {
      frequencies.put(term, (long) reader.docFreq(new Term(field, term)));
    }
    return frequencies;
  }
}
