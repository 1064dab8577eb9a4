package brimful.rank;

import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import brimful.index.Hit;
import brimful.index.Outline;
import brimful.index.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Ranks by words: chunks and whole documents by BM25F, fused, and weighed by what paths tell.
///
/// A document's standing is the reciprocal rank fusion of three lists: documents as wholes,
/// documents by their best chunk, and documents that the question names. A chunk's score is half
/// its own and half its document's standing, so that the best chunks of the best documents lead and
/// the tail stays long enough to fill a large window. Ties go to canonical order.
///
/// Thread-safe: holds no state.
public final class Ranker {
  /// Damps the first ranks in the fusion; the value everybody uses.
  private static final double FUSION_K = 60;

  /// What being named counts against a place in one of the other lists.
  private static final double NAMED_WEIGHT = 2;

  /// The share of a neighbour's score a chunk takes on: prose runs on over chunk borders.
  private static final double PROSE_NEIGHBOUR = 0.5;

  private static final double CODE_NEIGHBOUR = 0.25;

  /// What a manual is worth to a bug report, which is about the code.
  private static final double MANUAL_IN_REPORT = 0.3;

  /// Returns the chunks and documents that matter to a question.
  ///
  /// Every document of the snapshot is ranked: those without a hit come last, with score 0, code
  /// and prose before tests before what is generated.
  ///
  /// @param chunkLimit the most chunks returned, such as what twice the window can hold
  public Ranking rank(Question question, Snapshot snapshot, int chunkLimit) {
    Cues cues = Cues.of(question);
    var corpus = new Corpus(snapshot.outlines(), cues);
    List<Hit> chunkHits = snapshot.chunks(cues.terms(), Integer.MAX_VALUE);
    List<Hit> documentHits = snapshot.documents(cues.terms(), Integer.MAX_VALUE);
    double[][] chunkScores = corpus.scatter(chunkHits);
    double[] standing = corpus.standing(documentHits, chunkScores, cues.paths());
    return new Ranking(
        corpus.documents(standing), corpus.chunks(chunkHits, chunkScores, standing, chunkLimit));
  }

  /// The documents of a snapshot, numbered in canonical order.
  private static final class Corpus {
    private final List<Outline> outlines;
    private final Map<DocumentId, Integer> numbers;
    private final PathKind[] kinds;
    private final double[] factors;

    Corpus(List<Outline> outlines, Cues cues) {
      this.outlines = outlines;
      numbers = HashMap.newHashMap(outlines.size());
      kinds = new PathKind[outlines.size()];
      factors = new double[outlines.size()];
      for (int number = 0; number < outlines.size(); number++) {
        DocumentId id = outlines.get(number).document();
        numbers.put(id, number);
        kinds[number] = PathKind.of(id.value());
        factors[number] = factor(kinds[number], cues);
      }
    }

    private static double factor(PathKind kind, Cues cues) {
      return switch (kind) {
        case TEST -> cues.tests() ? 1 : kind.factor();
        case PROSE -> cues.report() ? MANUAL_IN_REPORT : 1;
        case CODE, REEXPORT, EXAMPLE, GENERATED -> kind.factor();
      };
    }

    private int number(Hit hit) {
      return numbers.getOrDefault(hit.document(), 0);
    }

    /// Returns the scores by document and ordinal, 0 to 1, each raised by its neighbours'.
    double[][] scatter(List<Hit> hits) {
      var raw = new double[outlines.size()][];
      Arrays.setAll(raw, number -> new double[outlines.get(number).chunks().size()]);
      double best = hits.isEmpty() ? 1 : hits.getFirst().score();
      for (Hit hit : hits) {
        raw[number(hit)][hit.ordinal()] = hit.score() / best;
      }
      var smooth = new double[raw.length][];
      for (int number = 0; number < raw.length; number++) {
        boolean prose = kinds[number] == PathKind.PROSE;
        smooth[number] = smooth(raw[number], prose ? PROSE_NEIGHBOUR : CODE_NEIGHBOUR);
      }
      return smooth;
    }

    private static double[] smooth(double[] scores, double share) {
      var smooth = new double[scores.length];
      for (int i = 0; i < scores.length; i++) {
        double before = i == 0 ? 0 : scores[i - 1];
        double after = i + 1 == scores.length ? 0 : scores[i + 1];
        smooth[i] = (scores[i] + share * Math.max(before, after)) / (1 + share);
      }
      return smooth;
    }

    /// Returns what each document is worth, 0 to 1.
    double[] standing(List<Hit> wholes, double[][] chunkScores, List<String> named) {
      var votes = new double[outlines.size()];
      vote(votes, wholes.stream().map(this::number).toList(), 1);
      var best = new double[outlines.size()];
      Arrays.setAll(best, number -> Arrays.stream(chunkScores[number]).max().orElse(0));
      List<Integer> byBest = descending(best).filter(number -> best[number] > 0).boxed().toList();
      vote(votes, byBest, 1);
      List<String> paths = outlines.stream().map(outline -> outline.document().value()).toList();
      vote(votes, new NamedFiles(paths).find(named), NAMED_WEIGHT);
      for (int number = 0; number < votes.length; number++) {
        votes[number] *= factors[number];
      }
      double most = Arrays.stream(votes).max().orElse(0);
      return most == 0 ? votes : Arrays.stream(votes).map(vote -> vote / most).toArray();
    }

    private static void vote(double[] votes, Collection<Integer> ranked, double weight) {
      int rank = 1;
      for (int number : ranked) {
        votes[number] += weight / (FUSION_K + rank++);
      }
    }

    /// Returns all numbers by descending score, ties in canonical order.
    private static IntStream descending(double[] scores) {
      return IntStream.range(0, scores.length)
          .boxed()
          .sorted(Comparator.comparingDouble(number -> -scores[number]))
          .mapToInt(Integer::intValue);
    }

    List<Ranking.RankedDocument> documents(double[] standing) {
      return IntStream.range(0, standing.length)
          .boxed()
          .sorted(
              Comparator.<Integer>comparingDouble(number -> -standing[number])
                  .thenComparingDouble(number -> -factors[number]))
          .map(number ->
              new Ranking.RankedDocument(outlines.get(number).document(), standing[number]))
          .toList();
    }

    List<Ranking.RankedChunk> chunks(
        List<Hit> hits, double[][] chunkScores, double[] standing, int limit) {
      var ranked = new ArrayList<Ranking.RankedChunk>(hits.size());
      for (Hit hit : hits) {
        int number = number(hit);
        ChunkRef ref = outlines.get(number).chunks().get(hit.ordinal());
        double own = chunkScores[number][hit.ordinal()] * factors[number];
        ranked.add(new Ranking.RankedChunk(ref, (own + standing[number]) / 2));
      }
      ranked.sort(
          Comparator.comparingDouble((Ranking.RankedChunk chunk) -> -chunk.score())
              .thenComparing(chunk -> chunk.chunk().document())
              .thenComparingInt(chunk -> chunk.chunk().ordinal()));
      return List.copyOf(ranked.subList(0, Math.min(limit, ranked.size())));
    }
  }
}
