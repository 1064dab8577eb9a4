package brimful.rank;

import brimful.corpus.Chunk;
import java.util.List;

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
    var builder = new NameTable.Builder(chunks.size());
    var ends = new int[chunks.size()];
    int names = 0;
    for (int i = 0; i < chunks.size(); i++) {
      for (String definition : chunks.get(i).definitions()) {
        builder.add(i, NameWords.stems(definition), List.of());
        names++;
      }
      ends[i] = names;
    }
    var match = new NameMatch(question, builder.build());
    var scores = new float[chunks.size()];
    for (int i = 0; i < scores.length; i++) {
      for (int name = i == 0 ? 0 : ends[i - 1]; name < ends[i]; name++) {
        scores[i] = Math.max(scores[i], match.score(name));
      }
    }
    return scores;
  }
}
