package brimful.index.term;

import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// The terms of an index, wherever it is, and how many chunks have them. For one thread.
public interface TermDictionary {

  /// Returns the words that begin with some characters, in order; other terms, longer ones, and
  /// some that no chunk has may be among them.
  ///
  /// @param charsMax no longer words are asked for
  /// @param limit the most terms returned
  Iterator<String> beginningWith(String beginning, int charsMax, int limit) throws IOException;

  /// Returns the terms with the same first letter that another letter more, less or instead makes
  /// of a term, or two that change places; terms that no chunk has may be among them.
  List<String> near(String term) throws IOException;

  /// Returns how many chunks have each of some terms.
  Map<String, Long> frequencies(Collection<String> terms) throws IOException;
}
