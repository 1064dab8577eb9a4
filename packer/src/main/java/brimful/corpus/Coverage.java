package brimful.corpus;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/// How many files, or members of files, were found and how they ended; `found` is the sum of the
/// others.
public record Coverage(
    int found, int indexed, int truncated, int skipped, int encrypted, int failed) {
  public Coverage {
    if (found != indexed + truncated + skipped + encrypted + failed) {
      throw new IllegalArgumentException(
          "coverage does not add up: %s found, but %s indexed + %s truncated + %s skipped + %s encrypted + %s failed"
              .formatted(found, indexed, truncated, skipped, encrypted, failed));
    }
  }

  /// Counts the outcomes of all files that were found.
  public static Coverage of(Collection<? extends Outcome> outcomes) {
    int[] counts = new int[5];
    for (Outcome outcome : outcomes) {
      int kind =
          switch (outcome) {
            case Outcome.Indexed _ -> 0;
            case Outcome.Truncated _ -> 1;
            case Outcome.Skipped _ -> 2;
            case Outcome.Encrypted _ -> 3;
            case Outcome.Failed _ -> 4;
          };
      counts[kind]++;
    }
    return new Coverage(outcomes.size(), counts[0], counts[1], counts[2], counts[3], counts[4]);
  }

  /// Returns the counts by name, `found` first.
  public SequencedMap<String, Integer> counts() {
    var counts = new LinkedHashMap<String, Integer>();
    counts.put("found", found);
    counts.put("indexed", indexed);
    counts.put("truncated", truncated);
    counts.put("skipped", skipped);
    counts.put("encrypted", encrypted);
    counts.put("failed", failed);
    return counts;
  }

  /// Returns the counts of files in one line for people.
  public String display() {
    return display("file");
  }

  /// Returns the counts in one line for people.
  ///
  /// @param what one of what is counted, such as `member`
  public String display(String what) {
    return String.format(
        Locale.ROOT,
        "%s found: %,d indexed, %,d truncated, %,d skipped, %,d encrypted, %,d failed",
        Counted.of(found, what),
        indexed,
        truncated,
        skipped,
        encrypted,
        failed);
  }
}
