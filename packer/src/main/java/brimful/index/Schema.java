package brimful.index;

import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/// What the Lucene documents look like.
///
/// An item is one block: a Lucene document for each chunk, in order of document and ordinal, then
/// one for the item. Lucene keeps the documents of a block together, so the item's record, one
/// binary value, describes its chunks without naming them, and opening a snapshot reads one value
/// an item instead of several a chunk.
///
/// BM25F is BM25 over the weighted sum of a term's counts in the fields. The weights are fixed, so
/// the sum is made at indexing time and kept as the frequency in a single field: a query reads one
/// list of postings a term, not three.
final class Schema {
  /// Raise it whenever what is stored changes: indexes are then built anew.
  static final int VERSION = 3;

  /// Every document of a block has its item's id: a whole block goes at once.
  static final String ID = "id";

  /// The weighted terms of a chunk.
  static final String TERMS = "terms";

  /// The names that a chunk defines, as they are written.
  static final String DEFINES = "defines";

  /// A chunk with its text, as doc value.
  static final String CHUNK = "chunk";

  /// An item's record, as doc value.
  static final String ITEM = "item";

  /// What one occurrence counts. The published weights of 1, 4 and 2.5, doubled to be whole.
  static final int BODY_WEIGHT = 2;

  static final int DEFINITION_WEIGHT = 8;
  static final int HEAD_WEIGHT = 5;

  /// What the weights above are multiplied by.
  static final float WEIGHT_SCALE = 2;

  static final FieldType WEIGHTED_TERMS = new FieldType();

  static {
    WEIGHTED_TERMS.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    WEIGHTED_TERMS.setTokenized(true);
    // The lengths are in the item's record, exact.
    WEIGHTED_TERMS.setOmitNorms(true);
    WEIGHTED_TERMS.freeze();
  }

  private Schema() {}

  /// Returns what finds all documents of an item's block.
  static Term idTerm(String item) {
    return new Term(ID, new BytesRef(idBytes(item)));
  }

  /// Returns an id as a term; one too long for Lucene is cut and told apart by its hash.
  static String idBytes(String item) {
    return item.length() <= ID_CHARS_MAX
        ? item
        : item.substring(0, ID_CHARS_MAX) + '\0' + Long.toHexString(Fingerprint.of(item).hash());
  }

  /// A third of Lucene's limit of 32,766 bytes a term, as a char may take three.
  private static final int ID_CHARS_MAX = 10_000;
}
