package brimful.pack;

import brimful.corpus.PictureSize;
import brimful.token.ImageLimits;
import brimful.token.Vision;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Decides which pictures may be shown, before anything is selected: each then belongs to the cost
/// of its chunk, and selecting stays integer addition.
///
/// The pictures of the best-ranked chunks come first, then the others in canonical order, as long
/// as the provider takes them and they fit into their part of the room: what the corpus leaves if
/// its text fits as a whole, otherwise half. A chunk whose picture is not shown still has its text.
final class PictureChoice {
  /// The part of the room for pictures where not all text fits.
  private static final int SHARE_DIVISOR = 2;

  private final ChunkTable table;
  private final Vision vision;
  private final BitSet shown = new BitSet();
  private final Map<Integer, String> refused = new HashMap<>();
  private long roomTokens;
  private long bytes;

  private PictureChoice(ChunkTable table, Vision vision, long roomTokens) {
    this.table = table;
    this.vision = vision;
    this.roomTokens = roomTokens;
  }

  /// Chooses, and adds the chosen pictures to the costs.
  ///
  /// @param room the tokens for documents
  static PictureChoice of(
      ChunkTable table, TokenCosts costs, Ranks ranks, Vision vision, long room) {
    long text = 0;
    for (int document = 0; document < table.documents(); document++) {
      text += table.size(document) == 0 ? 0 : costs.document(document) + costs.chunks(document);
    }
    var choice =
        new PictureChoice(table, vision, text <= room ? room - text : room / SHARE_DIVISOR);
    for (int rank = 0; rank < ranks.chunks(); rank++) {
      choice.consider(ranks.chunk(rank));
    }
    for (int chunk = 0; chunk < table.chunks(); chunk++) {
      choice.consider(chunk);
    }
    choice.shown.stream().forEach(chunk -> costs.show(chunk, choice.tokens(chunk)));
    return choice;
  }

  private void consider(int chunk) {
    PictureSize size = table.ref(chunk).picture();
    if (size.isNone() || shown.get(chunk) || refused.containsKey(chunk)) {
      return;
    }
    ImageLimits limits = vision.limits();
    int tokens = tokens(chunk);
    long more = ImageLimits.inRequest(size.bytes());
    String reason = "";
    if (!limits.takes(size)) {
      reason = "the provider takes none so large";
    } else if (shown.cardinality() == limits.count()) {
      reason = String.format(Locale.ROOT, "the limit of %,d images a request", limits.count());
    } else if (bytes + more > limits.bytesAll()) {
      reason = String.format(Locale.ROOT, "the limit of %,d bytes a request", limits.bytesAll());
    } else if (tokens > roomTokens) {
      reason = "budget";
    }
    if (reason.isEmpty()) {
      shown.set(chunk);
      bytes += more;
      roomTokens -= tokens;
    } else {
      refused.put(chunk, reason);
    }
  }

  /// Returns the chunks whose pictures are shown if they are taken as a whole.
  BitSet shown() {
    return shown;
  }

  /// Returns why the picture of a chunk is not shown; empty if it is, or there is none.
  String refusal(int chunk) {
    return refused.getOrDefault(chunk, "");
  }

  int tokens(int chunk) {
    return vision.tokens().of(table.ref(chunk).picture());
  }
}
