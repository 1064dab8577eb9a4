package brimful.index.term;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/// How often terms occur in the texts of a block, where [FrozenWeights] would lose it.
///
/// A term that counts so much is in few texts, and only in long ones: it takes 16 bytes, and in a
/// text of a thousand words there are next to none. Terms are known by 64 bits of hash. Safe for
/// many threads.
public final class LargeCounts {
  public static final LargeCounts NONE = new LargeCounts(List.of());

  private static final Comparator<Count> ORDER =
      Comparator.comparingLong(Count::term).thenComparingInt(Count::text);

  /// Terms, in rising order, and for each the texts in rising order.
  private final long[] terms;

  private final int[] texts;
  private final int[] counts;

  private record Count(long term, int text, int count) {}

  private LargeCounts(List<Count> all) {
    terms = all.stream().mapToLong(Count::term).toArray();
    texts = all.stream().mapToInt(Count::text).toArray();
    counts = all.stream().mapToInt(Count::count).toArray();
  }

  /// Collects the counts of a block. For one thread.
  public static final class Writer {
    private final List<Count> all = new ArrayList<>();

    /// Keeps a count if weights would lose it.
    ///
    /// @param text tells it from the other texts of the block
    public void add(int text, String term, int count) {
      if (count > FrozenWeights.EXACT_MAX) {
        all.add(new Count(hash(term), text, count));
      }
    }

    public void write(DataOutput out) throws IOException {
      all.sort(ORDER);
      out.writeVInt(all.size());
      for (Count one : all) {
        out.writeLong(one.term);
        out.writeZInt(one.text);
        out.writeVInt(one.count);
      }
    }
  }

  public static LargeCounts read(DataInput in) throws IOException {
    int size = in.readVInt();
    var all = new ArrayList<Count>();
    for (int at = 0; at < size; at++) {
      all.add(new Count(in.readLong(), in.readZInt(), in.readVInt()));
    }
    return all.isEmpty() ? NONE : new LargeCounts(all);
  }

  /// Returns how often a text has a term.
  ///
  /// @param otherwise what its weight says, if that is exact
  public int of(int text, String term, int otherwise) {
    if (otherwise < FrozenWeights.EXACT_MAX / 2 || terms.length == 0) {
      return otherwise;
    }
    long hash = hash(term);
    int low = 0;
    int high = terms.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compare(terms[middle], hash);
      order = order == 0 ? Integer.compare(texts[middle], text) : order;
      if (order == 0) {
        return counts[middle];
      }
      low = order < 0 ? middle + 1 : low;
      high = order > 0 ? middle - 1 : high;
    }
    return otherwise;
  }

  private static long hash(String term) {
    return Fingerprint.of(term).hash();
  }
}
