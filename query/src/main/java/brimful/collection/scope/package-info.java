/// Parts of corpora, and several as one: what a question is asked about, if it is not one whole
/// corpus.
///
/// A [brimful.collection.Corpus] comes in and another leaves, whose snapshots show some documents
/// of it, or those of several. Nothing is copied or indexed anew. Safe for many threads.
@NullMarked
package brimful.collection.scope;

import org.jspecify.annotations.NullMarked;
