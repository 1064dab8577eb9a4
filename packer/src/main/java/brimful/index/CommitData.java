package brimful.index;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.IndexWriter;

/// What stands in each commit: the tokenizer and format of the index, and the notes of its owner.
record CommitData(Map<String, String> identity) {
  private static final String FORMAT_KEY = "format";
  private static final String TOKENIZER_KEY = "tokenizer";

  /// Marks an index whose items were put without their terms.
  private static final String NO_TERMS_KEY = "no-terms";

  /// Goes before the keys of callers' notes.
  private static final String NOTE = "note.";

  static CommitData of(String format, String tokenizer) {
    return new CommitData(Map.of(FORMAT_KEY, format, TOKENIZER_KEY, tokenizer));
  }

  /// Whether an index with this data is of a format, whatever tokenizer it was counted with.
  static boolean isFormat(Map<String, String> data, String format) {
    return format.equals(data.get(FORMAT_KEY));
  }

  /// Whether an index with this data can be used.
  boolean isOurs(Map<String, String> data) {
    return data.entrySet().containsAll(identity.entrySet());
  }

  boolean isOurs(IndexWriter writer) {
    var data = new HashMap<String, String>();
    Iterable<Map.Entry<String, String>> live = writer.getLiveCommitData();
    if (live != null) {
      live.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
    }
    return isOurs(data);
  }

  /// Whether the items of an index with this data lack their terms.
  static boolean lacksTerms(Map<String, String> data) {
    return data.containsKey(NO_TERMS_KEY);
  }

  /// Returns the data of a commit with notes.
  SortedMap<String, String> with(Map<String, String> notes, boolean lacksTerms) {
    var data = new TreeMap<>(identity);
    if (lacksTerms) {
      data.put(NO_TERMS_KEY, "");
    }
    notes.forEach((key, value) -> data.put(NOTE + key, value));
    return data;
  }

  static Map<String, String> notes(Map<String, String> data) {
    var notes = new TreeMap<String, String>();
    data.forEach((key, value) -> {
      if (key.startsWith(NOTE)) {
        notes.put(key.substring(NOTE.length()), value);
      }
    });
    return Collections.unmodifiableMap(notes);
  }
}
