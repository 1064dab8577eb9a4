package brimful.cli.view;

import brimful.answer.Citation;
import brimful.corpus.Chunk;
import java.io.PrintStream;
import java.util.List;

/// Shows the best chunks with their places: the answer without a model.
public final class EvidenceView {
  private static final int LINES_SHOWN = 24;

  private EvidenceView() {}

  public static void print(List<Chunk> best, PrintStream out) {
    if (best.isEmpty()) {
      out.println("nothing in the corpus matches the words of the question");
    }
    for (Chunk chunk : best) {
      String place = new Citation(chunk.document(), chunk.locator(), "").display();
      out.println(SafeText.of(place + (chunk.heading().isEmpty() ? "" : "  " + chunk.heading())));
      List<String> lines = chunk.text().lines().toList();
      lines.stream().limit(LINES_SHOWN).forEach(line -> out.println("    " + SafeText.of(line)));
      if (lines.size() > LINES_SHOWN) {
        out.println("    … %s more lines".formatted(lines.size() - LINES_SHOWN));
      }
      out.println();
    }
    out.flush();
  }
}
