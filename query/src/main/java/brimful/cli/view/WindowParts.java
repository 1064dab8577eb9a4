package brimful.cli.view;

import brimful.corpus.Counted;
import brimful.corpus.UserError;
import brimful.pack.Window;
import brimful.pack.format.WindowFormat;
import java.util.ArrayList;
import java.util.List;

/// A window in several texts of about the same size, each of whole documents. Joined, they are the
/// window again: the first begins with the instructions, the last ends with the question.
public final class WindowParts {
  private static final String XML_END = "</document>\n";

  private WindowParts() {}

  /// Cuts a window.
  ///
  /// @param parts how many texts, 1 or more
  /// @throws UserError if it has fewer documents, or its format cannot be cut
  public static List<String> of(Window window, WindowFormat format, int parts) {
    String documents = window.prefix() + window.documents();
    List<Integer> borders =
        switch (format) {
          case XML -> xmlBorders(documents);
          case MARKDOWN -> markdownBorders(documents);
          case JSON ->
              throw new UserError(
                  UserError.Kind.USAGE,
                  "--split with --format json: half of an object is none, so use xml or markdown");
        };
    if (borders.size() + 1 < parts) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--split %s: the window has only %s, and none is cut: give %s at most"
              .formatted(parts, Counted.of(borders.size() + 1, "document"), borders.size() + 1));
    }
    var texts = new ArrayList<String>();
    int from = 0;
    for (int cut : cuts(borders, documents.length(), parts)) {
      texts.add(documents.substring(from, cut));
      from = cut;
    }
    texts.add(documents.substring(from));
    texts.set(0, window.instructions() + texts.getFirst());
    texts.set(parts - 1, texts.getLast() + window.question());
    return texts;
  }

  /// Returns the borders nearest to equal parts, so that each part has a document.
  private static List<Integer> cuts(List<Integer> borders, int length, int parts) {
    var cuts = new ArrayList<Integer>();
    int next = 0;
    for (int part = 1; part < parts; part++) {
      long target = (long) length * part / parts;
      // As many borders must be left as parts are.
      int last = borders.size() - (parts - part);
      int best = next;
      while (best < last
          && Math.abs(borders.get(best + 1) - target) <= Math.abs(borders.get(best) - target)) {
        best++;
      }
      cuts.add(borders.get(best));
      next = best + 1;
    }
    return cuts;
  }

  /// Returns where documents begin, but the first. Their text has no tag like this, as
  /// [brimful.corpus.Markup] sees to it.
  private static List<Integer> xmlBorders(String documents) {
    var borders = new ArrayList<Integer>();
    for (int at = documents.indexOf(XML_END); at >= 0; at = documents.indexOf(XML_END, at + 1)) {
      borders.add(at + XML_END.length());
    }
    if (!borders.isEmpty()) {
      borders.removeLast();
    }
    return borders;
  }

  /// Returns where headings of documents are outside of fences. A fence is longer than all within.
  private static List<Integer> markdownBorders(String documents) {
    var borders = new ArrayList<Integer>();
    String fence = "";
    int line = 0;
    while (line < documents.length()) {
      int end = documents.indexOf('\n', line);
      String text = documents.substring(line, end < 0 ? documents.length() : end);
      if (!fence.isEmpty()) {
        fence = text.equals(fence) ? "" : fence;
      } else if (text.startsWith("```")) {
        fence = text.replaceFirst("[^`].*$", "");
      } else if (text.startsWith("## ")) {
        borders.add(line);
      }
      line = end < 0 ? documents.length() : end + 1;
    }
    if (!borders.isEmpty()) {
      borders.removeFirst();
    }
    return borders;
  }
}
