package brimful.service;

import brimful.collection.Corpus;
import brimful.collection.library.CollectionService;
import brimful.collection.scope.JoinedCorpus;
import brimful.collection.scope.Scope;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Picture;
import brimful.corpus.PictureSize;
import brimful.corpus.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The collections, the questions and the money behind a door: all that it translates for.
public record Backend(CollectionService collections, QueryService service, SpendLedger spending) {
  /// Returns a collection as a corpus.
  public Corpus corpus(String collection) {
    return collections.corpus(collection);
  }

  /// Returns a part of collections as a corpus; of several, each is a folder of it.
  ///
  /// @param names of collections
  /// @throws UserError if there is none
  public Corpus corpus(List<String> names, Scope scope) {
    if (names.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE, "no collection is named: write one, or several as a+b");
    }
    if (names.size() == 1) {
      return scope.of(corpus(names.getFirst()), 1);
    }
    var parts = new LinkedHashMap<String, Corpus>();
    names.forEach(name -> parts.put(name, corpus(name)));
    return scope.of(new JoinedCorpus(parts), 2);
  }

  public Models models() {
    return service.models();
  }

  /// Returns the chunks of a corpus that match best, best first.
  public List<FoundChunk> search(Corpus corpus, String question, int limit) {
    return service.search(corpus, collections.tokenizer(), question, limit);
  }

  /// Returns the documents of a corpus that match best, best first, each with its best chunks.
  public FoundDocument.Page searchDocuments(
      Corpus corpus, String question, FoundDocument.Wanted wanted) {
    return service.searchDocuments(corpus, collections.tokenizer(), question, wanted);
  }

  /// Returns the chunks of a document, in order.
  public List<Chunk> read(String collection, String document) {
    return read(corpus(collection), document);
  }

  /// Returns the chunks of a document, in order.
  public List<Chunk> read(Corpus corpus, String document) {
    return service.reader().read(corpus, collections.tokenizer(), document);
  }

  /// Returns what the pictures of a document's chunks measure, by the chunks' ordinals.
  public Map<Integer, PictureSize> pictures(String collection, String document) {
    return service.reader().pictures(corpus(collection), collections.tokenizer(), document);
  }

  /// Returns the picture of a chunk.
  ///
  /// @throws UserError if there is none
  public Picture picture(String collection, String document, int ordinal) {
    return service.reader().picture(corpus(collection), collections.tokenizer(), document, ordinal);
  }

  /// Returns the ids of a collection's documents, in order.
  public List<DocumentId> documents(String collection) {
    return documents(corpus(collection));
  }

  /// Returns the ids of a corpus's documents, in order.
  public List<DocumentId> documents(Corpus corpus) {
    return service.reader().documents(corpus, collections.tokenizer());
  }

  /// Reads the documents of a corpus one after another.
  ///
  /// @see QueryService#scan
  public void scan(Corpus corpus, Predicate<DocumentId> wanted, Predicate<List<Chunk>> more) {
    service.reader().scan(corpus, collections.tokenizer(), wanted, more);
  }
}
