package brimful.collection.library;

import brimful.collection.Corpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.UserError;
import brimful.ingest.Ingested;

/// A collection of a service as a corpus.
record CollectionCorpus(CollectionService collections, String name) implements Corpus {
  @Override
  public String display() {
    return "collection " + name;
  }

  @Override
  public OpenCorpus open(String wanted) {
    return collections.open(name, wanted);
  }

  @Override
  public UserError withoutText(Ingested ingested) {
    return new UserError(
        UserError.Kind.UNANSWERABLE,
        ingested.coverage().found() == 0
            ? "collection %s holds no text yet: add a source, or wait for its job".formatted(name)
            : "collection %s holds no text, %s: see why, or add a source with text"
                .formatted(name, ingested.coverage().display()));
  }
}
