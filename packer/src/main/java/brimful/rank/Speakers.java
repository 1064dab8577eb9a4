package brimful.rank;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
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
  private final Map<DocumentId, Map<Integer, List<String>>> speakers = new HashMap<>();
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
      if (!of(chunk).isEmpty()) {
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
      List<String> all = of(chunk);
      if (!all.isEmpty()) {
        all.forEach(speaker -> named.computeIfAbsent(speaker, this::names));
        speakers.computeIfAbsent(chunk.document(), _ -> new HashMap<>()).put(chunk.ordinal(), all);
      }
    }
  }

  /// Returns who speaks in a chunk: short turns of several people may share one.
  private static List<String> of(Chunk chunk) {
    if (chunk.locator() instanceof Locator.Turns turns) {
      return turns.speakers();
    }
    String speaker = Turn.speaker(chunk.text());
    return speaker.isEmpty() ? List.of() : List.of(speaker);
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
    List<String> all = speakers.getOrDefault(document, Map.of()).getOrDefault(ordinal, List.of());
    boolean told = named.containsValue(true) && !all.isEmpty();
    return told && all.stream().noneMatch(speaker -> named.getOrDefault(speaker, true))
        ? UNNAMED
        : 1;
  }
}
