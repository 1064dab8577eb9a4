package brimful.rank;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.PathKind;
import brimful.index.ChunkRef;
import brimful.index.Snapshot;
import brimful.rank.Ranking.RankedChunk;
import brimful.rank.Ranking.RankedDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reranks the best chunks of prose by vectors: a third by words, the rest by cosine similarity.
///
/// Applies to prose only, and only to questions that are not reports: small sentence encoders lose
/// to words on code and on long issues (RATIONALE.md). A chunk is as close to the question as its
/// closest piece. Reranked chunks stay ahead of the others, because the new scores lie in the range
/// of the old ones.
///
/// Thread-safe if its encoder is.
public final class DenseRescorer implements Rescorer {
  /// How much text is reranked, by the tokens of its chunks: about ten seconds of processor time
  /// when nothing is cached. 430 turns of a chat, or 50 to 100 chunks of prose.
  static final int RESCORED_TOKENS_MAX = 20_000;

  private static final int RESCORED_MAX = 1_000;

  private static final float LEXICAL_SHARE = 0.35f;

  /// The weight of a document's best chunk against the document's score by words.
  private static final double BEST_CHUNK_SHARE = 0.5;

  private static final Comparator<RankedChunk> BEST_CHUNK_FIRST =
      Comparator.comparingDouble(RankedChunk::score).reversed();

  private static final Comparator<RankedDocument> BEST_DOCUMENT_FIRST =
      Comparator.comparingDouble(RankedDocument::score).reversed();

  private final Encoder encoder;

  public DenseRescorer(Encoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public Ranking rescored(Question question, Ranking ranking, Snapshot snapshot) {
    if (QuestionAnalysis.of(question).report()) {
      return ranking;
    }
    List<RankedChunk> top = top(ranking);
    if (top.size() < 2) {
      return ranking;
    }
    float[] nearness = nearness(question, top, snapshot);
    float[] words = new float[top.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = (float) top.get(i).score();
    }
    float[] mixed = mixed(spread(words), spread(nearness));
    return new Ranking(
        documents(ranking, top, mixed),
        chunks(ranking, top, mixed),
        ranking.code(),
        ranking.misspelt());
  }

  /// Returns the best chunks of prose, best first.
  private static List<RankedChunk> top(Ranking ranking) {
    var top = new ArrayList<RankedChunk>();
    long tokens = 0;
    for (RankedChunk ranked : ranking.chunks()) {
      if (PathKind.of(ranked.chunk().document().value()) == PathKind.DOC) {
        tokens += ranked.chunk().tokens();
        if (tokens > RESCORED_TOKENS_MAX || top.size() == RESCORED_MAX) {
          break;
        }
        top.add(ranked);
      }
    }
    return top;
  }

  private float[] nearness(Question question, List<RankedChunk> top, Snapshot snapshot) {
    var texts = new ArrayList<String>(top.size() + 1);
    texts.add(question.text());
    for (Chunk chunk : snapshot.read(top.stream().map(RankedChunk::chunk).toList())) {
      texts.add(chunk.text());
    }
    List<List<float[]>> vectors = encoder.encode(texts);
    var nearness = new float[top.size()];
    for (int i = 0; i < nearness.length; i++) {
      nearness[i] = nearest(vectors.getFirst(), vectors.get(i + 1));
    }
    return nearness;
  }

  /// Returns the highest cosine of a piece of the question and a piece of the text, at least 0.
  private static float nearest(List<float[]> question, List<float[]> text) {
    float nearest = 0;
    for (float[] asked : question) {
      for (float[] piece : text) {
        float cosine = 0;
        for (int i = 0; i < asked.length; i++) {
          cosine += asked[i] * piece[i];
        }
        nearest = Math.max(nearest, cosine);
      }
    }
    return nearest;
  }

  /// Returns scores scaled from 0 for the lowest to 1 for the highest; all 1 if they are equal.
  private static float[] spread(float[] scores) {
    float low = scores[0];
    float high = scores[0];
    for (float score : scores) {
      low = Math.min(low, score);
      high = Math.max(high, score);
    }
    var spread = new float[scores.length];
    for (int i = 0; i < spread.length; i++) {
      spread[i] = high > low ? (scores[i] - low) / (high - low) : 1;
    }
    return spread;
  }

  private static float[] mixed(float[] words, float[] nearness) {
    var mixed = new float[words.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = LEXICAL_SHARE * words[i] + (1 - LEXICAL_SHARE) * nearness[i];
    }
    return mixed;
  }

  /// Returns all chunks; ties keep their order.
  private static List<RankedChunk> chunks(Ranking ranking, List<RankedChunk> top, float[] mixed) {
    double low = top.getLast().score();
    double range = top.getFirst().score() - low;
    Map<ChunkRef, Double> scores = HashMap.newHashMap(mixed.length);
    for (int i = 0; i < mixed.length; i++) {
      scores.put(top.get(i).chunk(), low + range * mixed[i]);
    }
    return ranking.chunks().stream()
        .map(ranked ->
            new RankedChunk(ranked.chunk(), scores.getOrDefault(ranked.chunk(), ranked.score())))
        .sorted(BEST_CHUNK_FIRST)
        .toList();
  }

  private static List<RankedDocument> documents(
      Ranking ranking, List<RankedChunk> top, float[] mixed) {
    var best = new HashMap<DocumentId, Double>();
    for (int i = 0; i < mixed.length; i++) {
      best.merge(top.get(i).chunk().document(), (double) mixed[i], Math::max);
    }
    return ranking.documents().stream()
        .map(ranked -> {
          double chunk = best.getOrDefault(ranked.document(), ranked.score());
          double score = ranked.score() + BEST_CHUNK_SHARE * (chunk - ranked.score());
          return new RankedDocument(ranked.number(), ranked.document(), score);
        })
        .sorted(BEST_DOCUMENT_FIRST)
        .toList();
  }
}
