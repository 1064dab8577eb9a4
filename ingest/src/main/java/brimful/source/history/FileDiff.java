package brimful.source.history;

import java.util.List;

/// How a file differs, as `git diff` writes it.
///
/// @param path below the location; of a deleted file the one that it had
/// @param deleted whether the newer side lacks it
/// @param head the lines before the first hunk, each with its line break
/// @param hunks in order; none for a binary file, or if only its name or mode differs
public record FileDiff(String path, boolean deleted, String head, List<Hunk> hunks) {
  public FileDiff {
    hunks = List.copyOf(hunks);
  }

  /// A piece of a difference.
  ///
  /// @param text its lines, the one with `@@` first, each with its line break
  /// @param first its first line in the newer file, from 1
  /// @param last its last line there; less than `first` if all of it is deleted
  public record Hunk(String text, int first, int last) {}
}
