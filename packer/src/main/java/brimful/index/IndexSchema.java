package brimful.index;

import brimful.index.term.Fingerprint;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/// The fields of the Lucene documents.
///
/// An item is one block: a Lucene document for each chunk, in order of document and ordinal, then
/// one for the item. Lucene keeps the documents of a block together, so the item's record, one
/// binary value, describes its chunks without naming them, and opening a snapshot reads one value
/// an item instead of several a chunk.
///
/// An item that is too large to be held as a whole is several such blocks, each with the record of
/// its part. Merges may change their order, so each record has its number.
///
/// BM25F is BM25 over the weighted sum of a term's counts in the fields. The weights are fixed, so
/// the sum is computed at indexing time and stored as the frequency in a single field: a query
/// reads one postings list a term instead of three.
final class IndexSchema {
  /// Raise it whenever the stored form changes, or the rules that cut and name chunks: indexes are
  /// then rebuilt.
  static final int VERSION = 13;

  /// Every document of a block has its item's id, so a block is deleted as a whole.
  static final String ID = "id";

  /// The weighted terms of a chunk.
  static final String TERMS = "terms";

  /// The names that a chunk defines, folded but in their case.
  static final String DEFINES = "defines";

  /// A chunk with its text, as doc value.
  static final String CHUNK = "chunk";

  /// The picture of a chunk, as doc value; few chunks have one.
  static final String PICTURE = "picture";

  /// The record of an item, or of a part of one, as doc value.
  static final String ITEM = "item";

  /// The weight of one occurrence: the published weights 1, 4 and 2.5, times
  /// [brimful.index.score.ScoreSums#FREQUENCY_SCALE] to be integers.
  static final int BODY_WEIGHT = 2;

  static final int DEFINITION_WEIGHT = 8;
  static final int HEAD_WEIGHT = 5;

  static final FieldType WEIGHTED_TERMS = new FieldType();

  static {
    WEIGHTED_TERMS.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    WEIGHTED_TERMS.setTokenized(true);
    // The lengths are in the item's record, exact.
    WEIGHTED_TERMS.setOmitNorms(true);
    WEIGHTED_TERMS.freeze();
  }

  private IndexSchema() {}

  /// Returns the query for all documents of an item's block.
  static Term idTerm(String item) {
    return new Term(ID, new BytesRef(idBytes(item)));
  }

  /// Returns an id as a term; an id too long for Lucene is cut and distinguished by its hash.
  static String idBytes(String item) {
    return item.length() <= ID_CHARS_MAX
        ? item
        : item.substring(0, ID_CHARS_MAX) + '\0' + Long.toHexString(Fingerprint.of(item).hash());
  }

  /// A third of Lucene's limit of 32,766 bytes a term, as a char may take three.
  private static final int ID_CHARS_MAX = 10_000;
}
