package brimful.pack;

import brimful.corpus.Chunk;
import brimful.index.ChunkRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The chunks whose text has been read, each once, many at a time.
final class ChunkTexts {
  private final ChunkTable table;
  private final Function<List<ChunkRef>, List<Chunk>> reader;
  private final Map<Integer, Chunk> chunks = new HashMap<>();

  ChunkTexts(ChunkTable table, Function<List<ChunkRef>, List<Chunk>> reader) {
    this.table = table;
    this.reader = reader;
  }

  /// Reads those of the chunks that have not been read.
  ///
  /// @throws IllegalArgumentException if the reader returns other chunks than requested
  void load(BitSet wanted) {
    var missing = new ArrayList<Integer>();
    var refs = new ArrayList<ChunkRef>();
    for (int chunk = wanted.nextSetBit(0); chunk >= 0; chunk = wanted.nextSetBit(chunk + 1)) {
      if (!chunks.containsKey(chunk)) {
        missing.add(chunk);
        refs.add(table.ref(chunk));
      }
    }
    if (refs.isEmpty()) {
      return;
    }
    List<Chunk> texts = reader.apply(refs);
    if (texts.size() != refs.size()) {
      throw new IllegalArgumentException(
          "the reader gave %s chunks for %s: read from the snapshot that was ranked"
              .formatted(texts.size(), refs.size()));
    }
    for (int i = 0; i < refs.size(); i++) {
      chunks.put(missing.get(i), same(refs.get(i), texts.get(i)));
    }
  }

  /// Returns a chunk that has been read.
  Chunk get(int chunk) {
    Chunk text = chunks.get(chunk);
    if (text == null) {
      throw new IllegalStateException(
          "chunk %s of %s was not read: this is a bug in the packer"
              .formatted(table.ref(chunk).ordinal(), table.ref(chunk).document()));
    }
    return text;
  }

  private static Chunk same(ChunkRef ref, Chunk text) {
    if (!text.document().equals(ref.document())
        || text.ordinal() != ref.ordinal()
        || text.tokens() != ref.tokens()) {
      throw new IllegalArgumentException(
          "the reader gave chunk %s of %s with %s tokens for chunk %s of %s with %s: read from the snapshot that was ranked"
              .formatted(
                  text.ordinal(),
                  text.document(),
                  text.tokens(),
                  ref.ordinal(),
                  ref.document(),
                  ref.tokens()));
    }
    return text;
  }
}
