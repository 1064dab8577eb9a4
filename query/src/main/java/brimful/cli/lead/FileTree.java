package brimful.cli.lead;

import brimful.index.Outline;
import brimful.token.TokenCounter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The tree of a corpus: folders and files with what they cost, in tokens.
///
/// Where it is too large, deep folders are one line each.
final class FileTree {
  private static final int DEPTH_MAX = 64;

  private final Map<String, Long> tokens = new TreeMap<>();
  private final Map<String, Integer> files = new TreeMap<>();

  /// A tree that was cut to a size.
  ///
  /// @param depth of the folders whose files are listed; [#DEPTH_MAX] if all are
  record Cut(String text, int depth) {
    boolean whole() {
      return depth == DEPTH_MAX;
    }

    /// Returns what is not listed, for people.
    String display() {
      return depth == 0
          ? "the first files and folders only"
          : "folders below depth %s are one line each".formatted(depth);
    }
  }

  FileTree(List<Outline> documents) {
    for (Outline document : documents) {
      String path = document.document().value();
      long cost = document.tokens();
      add(path, cost);
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        add(path.substring(0, slash + 1), cost);
      }
    }
  }

  private void add(String path, long cost) {
    tokens.merge(path, cost, Long::sum);
    files.merge(path, 1, Integer::sum);
  }

  /// Returns as deep a tree as fits; of one folder with too many files, the first of them.
  Cut within(TokenCounter counter, int tokensMax) {
    String all = text(DEPTH_MAX);
    int most = deepest();
    if (counter.count(all) <= tokensMax) {
      return new Cut(all, DEPTH_MAX);
    }
    for (int depth = most - 1; depth > 0; depth--) {
      String text = text(depth);
      if (counter.count(text) <= tokensMax) {
        return new Cut(text, depth);
      }
    }
    return new Cut(firstLines(counter, tokensMax), 0);
  }

  private String firstLines(TokenCounter counter, int tokensMax) {
    List<String> lines = text(0).lines().toList();
    int low = 0;
    int high = lines.size();
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (counter.count(head(lines, middle)) <= tokensMax) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return head(lines, low);
  }

  private static String head(List<String> lines, int count) {
    return String.join("\n", lines.subList(0, count))
        + String.format(Locale.ROOT, "\n… and %,d more\n", lines.size() - count);
  }

  private int deepest() {
    return tokens.keySet().stream().mapToInt(FileTree::depth).max().orElse(0);
  }

  private String text(int depth) {
    var text = new StringBuilder();
    tokens.forEach((path, cost) -> {
      if (depth(path) <= depth) {
        boolean folder = path.endsWith("/");
        String own = folder ? path.substring(0, path.length() - 1) : path;
        text.append("  ".repeat(depth(path)))
            .append(own.substring(own.lastIndexOf('/') + 1))
            .append(folder ? "/" : "")
            .append(String.format(Locale.ROOT, "  %d", cost));
        if (folder && depth(path) == depth) {
          text.append(String.format(Locale.ROOT, " in %d files", files.getOrDefault(path, 0)));
        }
        text.append('\n');
      }
    });
    return text.toString();
  }

  /// Returns how many folders a file or folder lies in.
  private static int depth(String path) {
    String own = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return (int) own.chars().filter(c -> c == '/').count();
  }
}
