package brimful.opensearch;

import brimful.index.EngineCatalog;
import brimful.index.EngineCatalog.Address;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/// A question as the engine is asked it, and what was found for it in [PartedDocuments], whose
/// scores need all of their records.
///
/// @param words with how many chunks and documents have each
/// @param parted the records of parted documents that have any of the words
record EngineQuestion(
    CommitView view,
    List<EngineSearch.Counted> words,
    CommitQueries.Search chunks,
    CommitQueries.Search documents,
    Parted parted) {

  /// @param search that found them
  record Parted(CommitQueries.Search search, List<SearchAnswer.Found> found) {}

  boolean isParted(Address address) {
    EngineCatalog catalog = view.catalog();
    return !catalog.isWhole() && PartedDocuments.of(catalog).has(catalog.documentAt(address));
  }

  /// Returns scores that know of the parted documents only.
  ///
  /// @param wanted which of them count
  EngineCatalog.Scores scores(Predicate<Address> wanted) {
    EngineCatalog.Scores scores = scores(view.catalog(), words);
    for (SearchAnswer.Found found : parted.found()) {
      if (wanted.test(found.address())) {
        parted.search().terms(found, scores::document);
      }
    }
    return scores;
  }

  static EngineCatalog.Scores scores(EngineCatalog catalog, List<EngineSearch.Counted> words) {
    EngineCatalog.Scores scores = catalog.scores();
    words.forEach(one -> scores.word(one.word().weight(), one.chunks(), one.documents()));
    return scores;
  }

  /// Returns words with the number of documents that have each, where several records are one.
  static List<EngineSearch.Counted> corrected(
      EngineCatalog catalog, List<EngineSearch.Counted> words, Parted parted) {
    var records = new long[words.size()];
    var documents = new BitSet[words.size()];
    for (int word = 0; word < documents.length; word++) {
      documents[word] = new BitSet();
    }
    for (SearchAnswer.Found found : parted.found()) {
      int number = catalog.documentAt(found.address());
      var had = new BitSet();
      parted.search().terms(found, (word, _, _, _) -> had.set(word));
      had.stream()
          .forEach(word -> {
            records[word]++;
            documents[word].set(number);
          });
    }
    var corrected = new ArrayList<EngineSearch.Counted>();
    for (int word = 0; word < documents.length; word++) {
      EngineSearch.Counted one = words.get(word);
      long more = records[word] - documents[word].cardinality();
      corrected.add(new EngineSearch.Counted(one.word(), one.chunks(), one.documents() - more));
    }
    return corrected;
  }
}
