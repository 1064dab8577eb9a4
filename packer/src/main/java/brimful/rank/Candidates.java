package brimful.rank;

import brimful.corpus.DocumentId;
import brimful.index.Hit;
import brimful.index.Outline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The documents of a snapshot, numbered in canonical order, while they are scored for a question.
final class Candidates {
  /// Damps the first ranks in the fusion; the value everybody uses.
  private static final float FUSION_K = 60;

  /// What being named counts against a place in one of the other lists.
  private static final float NAMED_WEIGHT = 2;

  /// The share of a neighbour's score a chunk takes on: prose runs on over chunk borders.
  private static final float PROSE_NEIGHBOUR = 0.5f;

  private static final float CODE_NEIGHBOUR = 0.25f;

  /// What a manual is worth to a bug report, which is about the code.
  private static final float MANUAL_IN_REPORT = 0.3f;

  private final List<Outline> outlines;
  private final Set<Signal> without;
  private final Map<DocumentId, Integer> numbers;
  private final PathKind[] kinds;
  private final float[] factors;
  private final float[][] chunkScores;

  /// What each document is worth, 0 to 1.
  private final float[] standing;

  Candidates(List<Outline> outlines, Cues cues, Set<Signal> without) {
    this.outlines = outlines;
    this.without = without;
    int size = outlines.size();
    numbers = HashMap.newHashMap(size);
    kinds = new PathKind[size];
    factors = new float[size];
    chunkScores = new float[size][];
    standing = new float[size];
    var folders = new HashMap<String, PathKind>();
    for (int number = 0; number < size; number++) {
      DocumentId id = outlines.get(number).document();
      numbers.put(id, number);
      int name = id.value().lastIndexOf('/') + 1;
      PathKind folder = folders.computeIfAbsent(id.value().substring(0, name), PathKind::ofFolder);
      kinds[number] = PathKind.lower(folder, PathKind.ofName(id.value().substring(name)));
      factors[number] = without.contains(Signal.PATH_KINDS) ? 1 : factor(kinds[number], cues);
    }
  }

  private static float factor(PathKind kind, Cues cues) {
    return switch (kind) {
      case TEST -> cues.tests() ? 1 : kind.factor();
      case PROSE -> cues.report() ? MANUAL_IN_REPORT : kind.factor();
      case CODE, REEXPORT, EXAMPLE, GENERATED -> kind.factor();
    };
  }

  /// Scores chunks and documents by hits, which come best first, and by the files that are named.
  void score(List<Hit> chunks, List<Hit> documents, List<String> named) {
    scatter(chunks);
    if (!without.contains(Signal.WHOLE_FILES)) {
      vote(documents.stream().mapToInt(this::number).toArray(), 1);
    }
    var best = new float[outlines.size()];
    int found = 0;
    for (int number = 0; number < best.length; number++) {
      best[number] = Scores.most(chunkScores[number]);
      found += best[number] > 0 ? 1 : 0;
    }
    vote(Arrays.copyOf(Scores.descending(best), found), 1);
    if (!named.isEmpty() && !without.contains(Signal.NAMED_FILES)) {
      List<String> paths = outlines.stream().map(outline -> outline.document().value()).toList();
      vote(new NamedFiles(paths).find(named), NAMED_WEIGHT);
    }
    for (int number = 0; number < standing.length; number++) {
      standing[number] *= factors[number];
    }
    Scores.normalise(standing);
  }

  private int number(Hit hit) {
    return numbers.getOrDefault(hit.document(), 0);
  }

  private void scatter(List<Hit> hits) {
    for (int number = 0; number < chunkScores.length; number++) {
      chunkScores[number] = new float[outlines.get(number).chunks().size()];
    }
    float best = hits.isEmpty() ? 1 : hits.getFirst().score();
    for (Hit hit : hits) {
      chunkScores[number(hit)][hit.ordinal()] = hit.score() / best;
    }
    for (int number = 0;
        number < chunkScores.length && !without.contains(Signal.NEIGHBOURS);
        number++) {
      boolean prose = kinds[number] == PathKind.PROSE;
      chunkScores[number] =
          Scores.smooth(chunkScores[number], prose ? PROSE_NEIGHBOUR : CODE_NEIGHBOUR);
    }
  }

  private void vote(int[] ranked, float weight) {
    for (int rank = 1; rank <= ranked.length; rank++) {
      standing[ranked[rank - 1]] += weight / (FUSION_K + rank);
    }
  }

  /// Returns all documents, best first.
  List<Ranking.RankedDocument> documents() {
    var ranked = new ArrayList<Ranking.RankedDocument>(standing.length);
    for (int number : Scores.descending(standing)) {
      if (standing[number] > 0) {
        ranked.add(document(number));
      }
    }
    for (int number : Scores.descending(factors)) {
      if (standing[number] == 0) {
        ranked.add(document(number));
      }
    }
    return ranked;
  }

  private Ranking.RankedDocument document(int number) {
    return new Ranking.RankedDocument(outlines.get(number).document(), standing[number]);
  }

  /// Returns the chunks that were hit, best first.
  List<Ranking.RankedChunk> chunks(List<Hit> hits, int limit) {
    var scores = new float[hits.size()];
    for (int i = 0; i < scores.length; i++) {
      Hit hit = hits.get(i);
      int number = number(hit);
      float own = chunkScores[number][hit.ordinal()] * factors[number];
      scores[i] = (own + standing[number]) / 2;
    }
    int[] order = Scores.descending(scores);
    int kept = Math.min(limit, order.length);
    var ranked = new ArrayList<Ranking.RankedChunk>(kept);
    for (int i = 0; i < kept; i++) {
      Hit hit = hits.get(order[i]);
      Outline outline = outlines.get(number(hit));
      ranked.add(new Ranking.RankedChunk(outline.chunks().get(hit.ordinal()), scores[order[i]]));
    }
    return ranked;
  }
}
