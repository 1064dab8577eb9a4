package brimful.rank;

import brimful.corpus.Chunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/// Scores chunks by how well a question says the best of the names that they define.
///
/// "how are sockets connected" finds `connectSocket`. For code only: the headings of prose are part
/// of its text.
final class DefinitionMatch {
  private DefinitionMatch() {}

  /// Returns each chunk's score, 0 to 1.
  ///
  /// @param chunks the best ones by their words, among which rarity is measured
  static float[] scores(QuestionWords question, List<Chunk> chunks) {
    var namesOf = new ArrayList<List<List<String>>>(chunks.size());
    var chunksWith = new TreeMap<String, Integer>();
    for (Chunk chunk : chunks) {
      List<List<String>> names = chunk.definitions().stream().map(NameWords::stems).toList();
      namesOf.add(names);
      var words = new HashSet<String>();
      names.forEach(words::addAll);
      words.forEach(word -> chunksWith.merge(word, 1, Integer::sum));
    }
    var match = new NameMatch(question, chunksWith, chunks.size());
    var scores = new float[chunks.size()];
    for (int i = 0; i < scores.length; i++) {
      for (List<String> name : namesOf.get(i)) {
        scores[i] = Math.max(scores[i], match.score(name, List.of()));
      }
    }
    return scores;
  }
}
