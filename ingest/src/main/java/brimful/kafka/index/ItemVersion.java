package brimful.kafka.index;

import brimful.corpus.Item;
import brimful.index.ItemState;
import brimful.kafka.record.Revision;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/// Which version of an item an index has.
///
/// It stands in front of the item's stamp: `version parts stamp`, and `version parts+version+parts
/// stamp` where the text is of an earlier version, because the item could not be had for now. The
/// records of that one are still needed where an index is built anew. An `m` behind the parts says
/// that secrets in the text are masked. Without it they may be there, as in text of a version of
/// Brimful that did not say it.
///
/// @param parts how many slices its records have
/// @param grave whether the item was deleted
/// @param text the version that its text is of; 0 if it has none
/// @param textParts how many slices the records of that one have
/// @param unmasked whether secrets in its text may have been kept
record ItemVersion(
    long number, int parts, boolean grave, long text, int textParts, boolean unmasked) {
  private static final String OF = "+";
  private static final String MASKED = "m";

  static ItemVersion of(ItemState state) {
    String[] words = state.stamp().split(" ", 3);
    boolean unmasked = !words[1].endsWith(MASKED);
    String[] parts = words[1].replaceAll("[mu]$", "").split("\\" + OF, 3);
    long number = Long.parseUnsignedLong(words[0], 16);
    int own = Integer.parseInt(parts[0]);
    boolean grave = state.outcome().equals(CollectionIndex.GRAVE);
    if (parts.length == 3) {
      return new ItemVersion(
          number,
          own,
          grave,
          Long.parseUnsignedLong(parts[1], 16),
          Integer.parseInt(parts[2]),
          unmasked);
    }
    return state.outcome().hasText()
        ? new ItemVersion(number, own, grave, number, own, unmasked)
        : new ItemVersion(number, own, grave, 0, 0, false);
  }

  static ItemVersion of(RevisionAssembler.Whole whole) {
    long number = whole.revision().version();
    boolean text =
        whole.revision().change() instanceof Revision.Change.Put(Item item)
            && item.outcome().hasText();
    boolean grave = whole.revision().change() instanceof Revision.Change.Delete;
    return new ItemVersion(
        number,
        whole.parts(),
        grave,
        text ? number : 0,
        text ? whole.parts() : 0,
        text && whole.revision().unmasked());
  }

  boolean hasText() {
    return text > 0;
  }

  /// Returns whether its text is of an earlier version.
  boolean isKept() {
    return hasText() && text != number;
  }

  /// Returns the same with the text of an earlier version.
  ItemVersion withTextOf(ItemVersion earlier) {
    return new ItemVersion(number, parts, grave, earlier.text, earlier.textParts, earlier.unmasked);
  }

  /// Returns the day of its text: versions are times, in milliseconds since 1970.
  String day() {
    return Instant.ofEpochMilli(text).atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  String stamp(String own) {
    String mark = unmasked ? "" : MASKED;
    return isKept()
        ? String.format(
            Locale.ROOT, "%016x %d+%016x+%d%s %s", number, parts, text, textParts, mark, own)
        : String.format(Locale.ROOT, "%016x %d%s %s", number, parts, mark, own);
  }
}
