package brimful.rank;

import brimful.corpus.Chunk;
import brimful.corpus.PathKind;
import brimful.rank.reference.ImageCaptions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Scores images by how much of a question the texts that show them say in their captions.
///
/// An image knows nothing of the texts that point to it, which may come and go; so only the best
/// chunks of a question are searched, whose text has been read anyway. Cost: one pass over that
/// text, and none where a corpus has no images.
final class CaptionMatch {
  /// Captions that say less of the question are about something else.
  private static final float SHARE_MIN = 0.5f;

  /// Each may cost a thousand tokens.
  private static final int IMAGES_MAX = 10;

  private static final int CAPTION_CHARS_MAX = 2_000;

  /// Words by which people ask for any image; most captions leave them out.
  private static final Set<String> ASKING =
      Set.copyOf(
          NameWords.stems(
              "image picture photo photograph screenshot screen shot diagram figure drawing plot"
                  + " chart graph illustration show shows shown look looks see display displays"
                  + " Bild Abbildung Foto Diagramm Zeichnung imagen figura capture schéma"));

  private CaptionMatch() {}

  /// Returns each document's score by number, 0 to 1; at most [#IMAGES_MAX] are above 0.
  ///
  /// @param best the best chunks with their text
  static float[] scores(QuestionWords question, List<Chunk> best, CorpusNames corpus) {
    var scores = new float[corpus.size()];
    for (Chunk chunk : best) {
      for (ImageCaptions.Captioned image : ImageCaptions.of(chunk.text())) {
        float share = share(question, image.caption());
        if (share >= SHARE_MIN) {
          for (int number : shown(chunk.document().value(), image.target(), corpus)) {
            scores[number] = Math.max(scores[number], share);
          }
        }
      }
    }
    int[] ranked = ScoreMath.descendingAbove0(scores, scores.length);
    for (int rank = IMAGES_MAX; rank < ranked.length; rank++) {
      scores[ranked[rank]] = 0;
    }
    return scores;
  }

  private static List<Integer> shown(String path, String target, CorpusNames corpus) {
    Optional<ImageCaptions.Path> image = ImageCaptions.resolved(path, target);
    return image.filter(to -> PathKind.isImage(to.full())).isEmpty()
        ? List.of()
        : corpus.files().find(image.get());
  }

  /// Returns the share of the question's words that a caption says.
  private static float share(QuestionWords question, String caption) {
    String start = caption.substring(0, Math.min(CAPTION_CHARS_MAX, caption.length()));
    var says = new HashSet<>(NameWords.stems(start));
    int asked = 0;
    int said = 0;
    for (String word : question.single()) {
      if (says.contains(word)) {
        said++;
        asked++;
      } else if (!ASKING.contains(word)) {
        asked++;
      }
    }
    return asked == 0 ? 0 : (float) said / asked;
  }
}
