/// Text becomes terms: how words are split, folded and stemmed, in which language a text is, and
/// which other terms of an index are forms or right spellings of a word.
///
/// What is stored was made by [TermAnalyzer] and [Stemmer], the same for every text. Languages
/// other than English are for questions: their endings are removed when an index is searched, so
/// that an index needs no language.
@NullMarked
package brimful.index.term;

import org.jspecify.annotations.NullMarked;
