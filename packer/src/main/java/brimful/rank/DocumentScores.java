package brimful.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The score of each document, fused from several kinds of evidence.
///
/// Matches have scores, each as a share of the best; votes are ordered lists without scores. Their
/// weighted sum orders the first few documents, and reciprocal rank fusion of the same lists orders
/// the rest, because each is better in its range (RATIONALE.md, "Head and tail"; Cormack et al.,
/// 2009). Path weights multiply both. All sums are arrays by document number; ties fall to the
/// lower number.
final class DocumentScores {
  /// How many documents the sum of scores orders.
  private static final int HEAD = 5;

  /// Damps the first ranks in the fusion; the value of Cormack et al., 2009.
  private static final float FUSION_K = 60;

  /// A vote's second rank gets 3 / 4 of its first.
  private static final float VOTE_K = 2;

  /// Ways in which words match.
  enum Match {
    WHOLE(0.5f, 1),
    BEST_CHUNK(0.5f, 1),
    /// The question with the file's name.
    NAME(0.6f, 1);

    private final float share;
    private final float weight;

    Match(float share, float weight) {
      this.share = share;
      this.weight = weight;
    }
  }

  /// Lists of documents without scores.
  enum Vote {
    /// Named by the question: a strong hint, but a log names many.
    NAMED(0.3f, 2),
    /// Defines a symbol that the question names.
    DEFINES(0.1f, 0),
    /// Imported by the best documents: says nothing of the first few and much of the rest.
    IMPORTED(0, 1);

    /// The weight of the list's first document in the sum of scores.
    private final float first;

    /// The weight of the list in the fusion, where a match counts 1.
    private final float weight;

    Vote(float first, float weight) {
      this.first = first;
      this.weight = weight;
    }
  }

  private final float[] factors;
  private final float[] sums;
  private final float[] fused;
  private final float[] worth;
  private final Map<Match, float[]> matches = new EnumMap<>(Match.class);
  private final Map<Vote, int[]> votes = new EnumMap<>(Vote.class);

  /// @param factors the path weights, 0 to 1
  DocumentScores(float[] factors) {
    this.factors = factors;
    sums = new float[factors.length];
    fused = new float[factors.length];
    worth = new float[factors.length];
  }

  /// Adds scores of documents, by number; 0 is no match.
  void matched(Match match, float[] scores) {
    matches.put(match, scores);
    float most = Math.max(Float.MIN_NORMAL, ScoreMath.most(scores));
    int found = 0;
    for (int number = 0; number < scores.length; number++) {
      sums[number] += match.share * scores[number] / most;
      found += scores[number] > 0 ? 1 : 0;
    }
    fuse(Arrays.copyOf(ScoreMath.descending(scores), found), match.weight);
  }

  /// Adds a list of documents, best first.
  void voted(Vote vote, int[] ranked) {
    votes.put(vote, ranked);
    for (int rank = 0; rank < ranked.length; rank++) {
      sums[ranked[rank]] += vote.first * (VOTE_K + 1) / (VOTE_K + 1 + rank);
    }
    fuse(ranked, vote.weight);
  }

  private void fuse(int[] ranked, float weight) {
    for (int rank = 1; rank <= ranked.length; rank++) {
      fused[ranked[rank - 1]] += weight / (FUSION_K + rank);
    }
  }

  /// Computes the final scores from everything added so far.
  void settle() {
    float[] sums = weighed(this.sums);
    float[] fused = weighed(this.fused);
    ScoreMath.normalise(sums);
    int[] bySum = ScoreMath.descending(sums);
    int head = Math.min(HEAD, bySum.length);
    float last = 1;
    for (int i = 0; i < head; i++) {
      last = sums[bySum[i]];
      worth[bySum[i]] = last;
      fused[bySum[i]] = 0;
    }
    ScoreMath.normalise(fused);
    for (int i = head; i < bySum.length; i++) {
      worth[bySum[i]] = last * fused[bySum[i]];
    }
  }

  private float[] weighed(float[] values) {
    float[] weighed = values.clone();
    for (int number = 0; number < weighed.length; number++) {
      weighed[number] *= factors[number];
    }
    return weighed;
  }

  /// Returns a document's score, 0 to 1.
  float of(int number) {
    return worth[number];
  }

  /// Returns the evidence for a document in words, such as `whole 0.82` and `named 1`.
  ///
  /// Matches are shares of the best one, votes are ranks.
  List<String> opinions(int number) {
    var opinions = new ArrayList<String>();
    matches.forEach((match, scores) -> {
      if (scores[number] > 0) {
        opinions.add(
            word(match)
                + String.format(Locale.ROOT, " %.2f", scores[number] / ScoreMath.most(scores)));
      }
    });
    votes.forEach((vote, ranked) -> {
      for (int place = 0; place < ranked.length; place++) {
        if (ranked[place] == number) {
          opinions.add(word(vote) + " " + (place + 1));
        }
      }
    });
    if (factors[number] != 1) {
      opinions.add(String.format(Locale.ROOT, "path x%.1f", factors[number]));
    }
    return opinions;
  }

  private static String word(Enum<?> opinion) {
    return opinion.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// Returns all documents, best first; those without evidence come last, by path weight.
  int[] descending() {
    var order = new int[worth.length];
    int size = 0;
    for (int number : ScoreMath.descending(worth)) {
      if (worth[number] > 0) {
        order[size++] = number;
      }
    }
    for (int number : ScoreMath.descending(factors)) {
      if (worth[number] == 0) {
        order[size++] = number;
      }
    }
    return order;
  }
}
