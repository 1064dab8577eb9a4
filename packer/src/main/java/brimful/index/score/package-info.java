/// BM25 of a question's words, summed in flat arrays for chunks and for documents.
@NullMarked
package brimful.index.score;

import org.jspecify.annotations.NullMarked;
