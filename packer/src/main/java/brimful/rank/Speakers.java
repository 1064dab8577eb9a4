package brimful.rank;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Turn;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who speaks in the turns of conversations, and whom of them the question names.
///
/// "What did Ann paint?" is answered by Ann, while Bob says her name whenever he replies. So the
/// turns of speakers whom the question does not name count less. A question that names none or all
/// of them tells nothing.
final class Speakers {
  /// The factor for the turns of those whom the question does not name.
  private static final float UNNAMED = 0.5f;

  /// The share of a document's chunks that open with a turn, from which on it is a conversation:
  /// other prose has lines such as `Note: see below`.
  private static final double TURNS_SHARE = 0.5;

  private final Set<String> questionWords;
  private final Map<DocumentId, Map<Integer, String>> speakers = new HashMap<>();
  private final Map<String, Boolean> named = new HashMap<>();

  Speakers(String question) {
    questionWords = new HashSet<>(NameWords.of(FunctionWords.without(question)));
  }

  /// Returns the documents that are conversations, judged by some of their chunks.
  static Set<DocumentId> conversations(List<Chunk> chunks) {
    var turns = new HashMap<DocumentId, Integer>();
    var all = new HashMap<DocumentId, Integer>();
    for (Chunk chunk : chunks) {
      all.merge(chunk.document(), 1, Integer::sum);
      if (!Turn.speaker(chunk.text()).isEmpty()) {
        turns.merge(chunk.document(), 1, Integer::sum);
      }
    }
    turns
        .entrySet()
        .removeIf(each -> each.getValue() < TURNS_SHARE * all.getOrDefault(each.getKey(), 0));
    return turns.keySet();
  }

  /// Notes who speaks in each of these chunks.
  void add(List<Chunk> chunks) {
    for (Chunk chunk : chunks) {
      String speaker = Turn.speaker(chunk.text());
      if (!speaker.isEmpty()) {
        named.computeIfAbsent(speaker, this::names);
        speakers
            .computeIfAbsent(chunk.document(), _ -> new HashMap<>())
            .put(chunk.ordinal(), speaker);
      }
    }
  }

  private boolean names(String speaker) {
    return NameWords.of(speaker).stream().anyMatch(questionWords::contains);
  }

  /// Returns whether a document holds turns.
  boolean in(DocumentId document) {
    return speakers.containsKey(document);
  }

  /// Returns the factor for a chunk's score, at most 1.
  float factor(DocumentId document, int ordinal) {
    String speaker = speakers.getOrDefault(document, Map.of()).getOrDefault(ordinal, "");
    boolean told = named.containsValue(true) && !speaker.isEmpty();
    return told && !named.getOrDefault(speaker, true) ? UNNAMED : 1;
  }
}
