package brimful.service;

import brimful.collection.CollectionService;
import brimful.collection.Corpus;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import java.util.List;

/// The collections, the questions and the money behind a door: all that it translates for.
public record Backend(CollectionService collections, QueryService service, SpendLedger spending) {
  /// Returns a collection as a corpus.
  public Corpus corpus(String collection) {
    return collections.corpus(collection);
  }

  /// Returns the models.
  public Models models() {
    return service.models();
  }

  /// Returns the chunks of a collection that match best, best first.
  public List<Found> search(String collection, String question, int limit) {
    return service.search(corpus(collection), collections.tokenizer(), question, limit);
  }

  /// Returns the chunks of a document, in order.
  public List<Chunk> read(String collection, String document) {
    return service.read(corpus(collection), collections.tokenizer(), document);
  }

  /// Returns the ids of a collection's documents, in order.
  public List<DocumentId> documents(String collection) {
    return service.documents(corpus(collection), collections.tokenizer());
  }
}
