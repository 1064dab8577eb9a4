package brimful.index.term;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.jspecify.annotations.Nullable;

/// The terms of a field of a Lucene index; the reader must stay open. Frequencies count deleted
/// chunks until their segment is merged.
public final class LuceneDictionary implements TermDictionary {
  /// Where those bytes of UTF-8 begin that go on with a character beyond ASCII.
  private static final int FOLLOWING_BYTE = 0x80;

  /// Where those begin that are its first.
  private static final int FIRST_BYTE = 0xC0;

  private final IndexReader reader;
  private final String field;
  private final @Nullable Terms terms;

  public LuceneDictionary(IndexReader reader, String field) throws IOException {
    this.reader = reader;
    this.field = field;
    terms = MultiTerms.getTerms(reader, field);
  }

  /// Each segment's words are found by an automaton, which leaps over what lies between them: the
  /// identifiers of programs, most of the terms of a large index.
  @Override
  public Iterator<String> beginningWith(String beginning, int charsMax, int limit)
      throws IOException {
    CompiledAutomaton wanted = words(beginning, charsMax);
    var found = new TreeSet<BytesRef>();
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms own = leaf.reader().terms(field);
      if (own != null) {
        TermsEnum words = own.intersect(wanted, null);
        BytesRef word = words.next();
        for (int looked = 0; word != null && looked < limit; looked++) {
          if (!found.contains(word)) {
            found.add(BytesRef.deepCopyOf(word));
          }
          word = words.next();
        }
      }
    }
    return found.stream().limit(limit).map(BytesRef::utf8ToString).iterator();
  }

  /// Returns an automaton of terms in UTF-8: some characters, and then small letters of English and
  /// characters beyond ASCII, up to a length.
  private static CompiledAutomaton words(String beginning, int charsMax) {
    var automaton = new Automaton();
    int state = automaton.createState();
    var start = new BytesRef(beginning);
    for (int at = 0; at < start.length; at++) {
      int next = automaton.createState();
      automaton.addTransition(state, next, start.bytes[start.offset + at] & 0xFF);
      state = next;
    }
    automaton.setAccept(state, true);
    for (int length = beginning.length(); length < charsMax; length++) {
      int next = automaton.createState();
      automaton.addTransition(state, next, 'a', 'z');
      automaton.addTransition(state, state, FOLLOWING_BYTE, FIRST_BYTE - 1);
      automaton.addTransition(state, next, FIRST_BYTE, 0xFF);
      automaton.setAccept(next, true);
      state = next;
    }
    automaton.addTransition(state, state, FOLLOWING_BYTE, FIRST_BYTE - 1);
    automaton.finishState();
    return new CompiledAutomaton(automaton, false, false, true);
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
