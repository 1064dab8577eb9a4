package brimful.source;

import brimful.corpus.DocumentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Makes document ids of paths, whatever characters are in them.
///
/// Control characters are written as `%0A`, and a folder whose name ends in `!` as `name%21`, for
/// `!/` is the way into an archive. Two paths that would come out the same are told apart by `~2`.
final class Names {
  private Names() {}

  /// Returns the id of a path with forward slashes.
  static DocumentId id(String path) {
    String clean = path.indexOf("!/") < 0 ? path : path.replace("!/", "%21/");
    for (int i = 0; i < clean.length(); i++) {
      if (Character.isISOControl(clean.charAt(i))) {
        clean = escaped(clean);
        break;
      }
    }
    if (clean.isBlank() || clean.startsWith("/")) {
      clean = "%" + Integer.toHexString(clean.isEmpty() ? 0 : clean.charAt(0)) + clean.strip();
    }
    return new DocumentId(clean);
  }

  private static String escaped(String path) {
    var escaped = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      escaped.append(
          Character.isISOControl(c)
              ? String.format(Locale.ROOT, "%%%02X", (int) c)
              : String.valueOf(c));
    }
    return escaped.toString();
  }

  /// Returns the list in canonical order, every id once.
  ///
  /// @param found in an order that is the same every time, for ties
  static List<Listed> canonical(List<Listed> found) {
    var sorted = new ArrayList<Listed>(found);
    sorted.sort(Comparator.comparing(Listed::id));
    Set<DocumentId> taken = HashSet.newHashSet(sorted.size());
    boolean renamed = false;
    for (int i = 0; i < sorted.size(); i++) {
      Listed listed = sorted.get(i);
      DocumentId id = listed.id();
      for (int n = 2; !taken.add(id); n++) {
        id = new DocumentId(listed.id() + "~" + n);
      }
      if (!id.equals(listed.id())) {
        sorted.set(i, renamed(listed, id));
        renamed = true;
      }
    }
    if (renamed) {
      sorted.sort(Comparator.comparing(Listed::id));
    }
    return sorted;
  }

  private static Listed renamed(Listed listed, DocumentId id) {
    return switch (listed) {
      case Listed.File(_, String stamp, long bytes, Listed.Content content) ->
          new Listed.File(id, stamp, bytes, content);
      case Listed.Left(_, var outcome) -> new Listed.Left(id, outcome);
    };
  }
}
