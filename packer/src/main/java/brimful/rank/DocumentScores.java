package brimful.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// The score of each document, fused from several kinds of evidence.
///
/// Matches have scores; votes are ordered lists without scores. Their weighted sum orders the first
/// few documents, and reciprocal rank fusion of the same lists orders the rest, because each is
/// better in its range (RATIONALE.md, "Head and tail"; Cormack et al., 2009). Priors multiply the
/// scores before anything is ranked: fused ranks lie so close together that any factor on them
/// would send a document to the end. All sums are arrays by document number; ties fall to the lower
/// number.
final class DocumentScores {
  /// How many documents the sum of scores orders, in programs and elsewhere: the code that answers
  /// is in few files, prose that answers may be spread over many.
  private static final int PROGRAM_HEAD = 10;

  private static final int PROSE_HEAD = 5;

  /// Damps the first ranks in the fusion; the value of Cormack et al., 2009.
  private static final float FUSION_K = 60;

  /// A vote's second rank gets 3 / 4 of its first.
  private static final float VOTE_K = 2;

  /// Ways in which words match.
  enum Match {
    WHOLE(0.5f, 1),
    BEST_CHUNK(0.5f, 1),
    /// All its chunks: code that answers is often about nothing else.
    ALL_CHUNKS(0.3f, 0),
    /// The question with the file's name.
    NAME(0.6f, 1),
    /// The question with the name of a text outside of a program, which is often its title. A text
    /// that it names is among the first; behind them, shared words of titles tell nothing.
    TITLE(1.2f, 0),
    /// The question with the best name that the file defines.
    DEFINED(0.6f, 0),
    /// The question with what texts say of an image that they show: as good as its own text.
    CAPTION(0.8f, 1);

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
    /// Tells by convention about what the question asks: sure to be wanted.
    TELLS(2, 2),
    /// Spelled out by a short question, which is about these files.
    ABOUT(3, 2),
    /// Defines a symbol that the question names.
    DEFINES(0.2f, 0),
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

  /// How many documents of a list are fused: those beyond are worth next to nothing.
  private static final int FUSED_MAX = 20_000;

  /// How many documents are put in order: more than any window shows.
  static final int ORDERED_MAX = 10_000;

  /// The worth of a document that is nearly the same as a better one.
  private static final float REPEATED = 0.5f;

  private final Priors priors;
  private final int head;
  private final float[] sums;
  private final float[] fused;
  private final float[] worth;

  /// Documents, best first; empty until they are asked for, and again after each change.
  private int[] order = new int[0];

  private final Map<Match, float[]> matches = new EnumMap<>(Match.class);
  private final Map<Vote, int[]> votes = new EnumMap<>(Vote.class);

  DocumentScores(CorpusNames corpus, Priors priors) {
    this.priors = priors;
    int documents = corpus.size();
    head = Math.min(corpus.isProgram() ? PROGRAM_HEAD : PROSE_HEAD, documents);
    sums = new float[documents];
    fused = new float[documents];
    worth = new float[documents];
  }

  /// Adds scores of documents, by number, as shares of the best one; 0 is no match.
  void matched(Match match, float[] scores) {
    float[] shares = scores.clone();
    ScoreMath.normalise(shares);
    said(match, shares);
  }

  /// Adds scores of documents, by number, that are shares themselves: even the best may be low.
  ///
  /// @param shares 0 to 1
  void said(Match match, float[] shares) {
    matches.put(match, shares);
    float[] weighed = priors.weighed(shares);
    for (int number = 0; number < shares.length; number++) {
      sums[number] += match.share * weighed[number];
    }
    if (match.weight > 0) {
      fuse(ScoreMath.descendingAbove0(weighed, FUSED_MAX), match.weight);
    }
  }

  /// Adds a list of documents, best first; the question means these, whatever their kind.
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
    order = new int[0];
    float[] bySums = sums.clone();
    float[] byRanks = fused.clone();
    ScoreMath.normalise(bySums);
    int[] leaders = ScoreMath.descending(bySums, head);
    float last = leaders.length == 0 ? 1 : bySums[leaders[head - 1]];
    for (int leader : leaders) {
      byRanks[leader] = 0;
    }
    ScoreMath.normalise(byRanks);
    for (int number = 0; number < worth.length; number++) {
      worth[number] = last * byRanks[number];
    }
    for (int leader : leaders) {
      worth[leader] = bySums[leader];
    }
  }

  /// Lowers the scores of documents that repeat better ones.
  void repeat(List<Integer> documents) {
    order = new int[0];
    documents.forEach(number -> worth[number] *= REPEATED);
  }

  /// Returns a document's score, 0 to 1.
  float of(int number) {
    return worth[number];
  }

  /// Returns the evidence for a document in words, such as `whole 0.82` and `named 1`.
  ///
  /// Matches are shares, votes are ranks.
  List<String> opinions(int number) {
    var opinions = new ArrayList<String>();
    matches.forEach((match, shares) -> {
      if (shares[number] > 0) {
        opinions.add(word(match) + String.format(Locale.ROOT, " %.2f", shares[number]));
      }
    });
    votes.forEach((vote, ranked) -> {
      for (int place = 0; place < ranked.length; place++) {
        if (ranked[place] == number) {
          opinions.add(word(vote) + " " + (place + 1));
        }
      }
    });
    if (priors.factor(number) != 1) {
      opinions.add(String.format(Locale.ROOT, "path x%.1f", priors.factor(number)));
    }
    return opinions;
  }

  private static String word(Enum<?> opinion) {
    return opinion.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// Returns the documents, best first, up to [#ORDERED_MAX]; those without evidence come last, by
  /// their priors.
  ///
  /// @return not to be changed
  int[] descending() {
    if (order.length == 0) {
      order = first(ORDERED_MAX);
    }
    return order;
  }

  /// Returns the first of these only, which costs less than to put all in order.
  int[] first(int limit) {
    int[] found = ScoreMath.descendingAbove0(worth, limit);
    int room = limit - found.length;
    return room == 0
        ? found
        : IntStream.concat(Arrays.stream(found), Arrays.stream(others(found, room))).toArray();
  }

  private int[] others(int[] found, int room) {
    float[] others = priors.factors();
    for (int number : found) {
      others[number] = 0;
    }
    return ScoreMath.descendingAbove0(others, room);
  }
}
