package brimful.service;

import brimful.corpus.DocumentId;
import brimful.ingest.Ingested;
import brimful.pack.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What is not completely in a window: a list up to a bound for each kind of reason, and the number
/// of the rest. With a large corpus a whole list would be larger than the window.
///
/// @param listed in canonical order
/// @param more how many others each kind of reason has
public record LeftOuts(List<Window.LeftOut> listed, SequencedMap<String, Integer> more) {
  private static final int LISTED_MAX = 1_000;

  /// Why documents that rank too low to be considered are not in the window.
  private static final String BUDGET = "budget";

  public LeftOuts {
    listed = List.copyOf(listed);
    more = Collections.unmodifiableSequencedMap(new TreeMap<>(more));
  }

  /// @param parts what the packer left out
  /// @param beyond how many documents rank too low to be considered
  static LeftOuts of(List<Window.LeftOut> parts, Ingested ingested, int beyond) {
    var draft = new Draft();
    parts.forEach(part -> draft.add(part.document(), part.reason()));
    ingested.incomplete().forEach((document, outcome) -> draft.add(document, outcome.display()));
    draft.listed.sort(
        Comparator.comparing(Window.LeftOut::document).thenComparing(Window.LeftOut::reason));
    if (beyond > 0) {
      draft.more.merge(BUDGET, beyond, Integer::sum);
    }
    return new LeftOuts(draft.listed, draft.more);
  }

  private static final class Draft {
    private final List<Window.LeftOut> listed = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final SequencedMap<String, Integer> more = new TreeMap<>();

    void add(DocumentId document, String reason) {
      int colon = reason.indexOf(':');
      String kind = colon < 0 ? reason : reason.substring(0, colon);
      if (counts.merge(kind, 1, Integer::sum) <= LISTED_MAX) {
        listed.add(new Window.LeftOut(document, reason));
      } else {
        more.merge(kind, 1, Integer::sum);
      }
    }
  }
}
