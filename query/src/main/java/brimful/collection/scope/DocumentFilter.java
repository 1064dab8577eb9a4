package brimful.collection.scope;

import brimful.corpus.DocumentId;

/// Tells which documents of a corpus belong to a part of it.
@FunctionalInterface
interface DocumentFilter {
  boolean has(DocumentId id);
}
