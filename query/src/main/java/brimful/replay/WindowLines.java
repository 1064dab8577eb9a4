package brimful.replay;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.index.ChunkRef;
import brimful.pack.Window;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// The lines of each document that are in a window.
///
/// @param lines by document; empty where its locators are not lines
record WindowLines(Map<DocumentId, BitSet> lines) {

  static WindowLines of(Window window) {
    var lines = new HashMap<DocumentId, BitSet>();
    for (Window.Placed part : window.placed()) {
      BitSet shown = lines.computeIfAbsent(part.document(), _ -> new BitSet());
      if (part.locator() instanceof Locator.Lines(int first, int last)) {
        shown.set(first, last + 1);
      }
    }
    return new WindowLines(lines);
  }

  /// Returns whether all of a chunk's lines are in; for one without lines, whether any part of its
  /// document is.
  boolean show(ChunkRef chunk) {
    BitSet shown = lines.get(chunk.document());
    return shown != null
        && (chunk.firstLine() == 0 || shown.nextClearBit(chunk.firstLine()) > chunk.lastLine());
  }
}
