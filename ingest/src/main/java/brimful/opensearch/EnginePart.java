package brimful.opensearch;

import brimful.index.ChunkRef;
import brimful.index.EngineBlock;
import brimful.index.EngineCatalog;
import brimful.index.EngineCatalog.Address;
import brimful.index.Hit;
import brimful.index.Outline;
import brimful.index.SnapshotPart;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// A part of a commit, as the engine has it. Safe for many threads.
final class EnginePart {
  private final EngineCatalog catalog;
  private final BitSet chunks = new BitSet();
  private final BitSet documents = new BitSet();

  /// The own number of each document of the commit; -1 for those left out.
  private final int[] numbers;

  /// Costs a look at each document of the commit.
  EnginePart(EngineCatalog catalog, SnapshotPart part) {
    this.catalog = catalog;
    List<Outline> outlines = catalog.outlines();
    numbers = new int[outlines.size()];
    int first = 0;
    for (int document = 0; document < outlines.size(); document++) {
      Outline whole = outlines.get(document);
      numbers[document] = part.number(whole.document());
      List<ChunkRef> some =
          numbers[document] < 0 ? List.of() : part.outlines().get(numbers[document]).chunks();
      int all = whole.chunks().size();
      if (some.size() == all) {
        chunks.set(first, first + all);
      } else {
        for (ChunkRef one : some) {
          chunks.set(first + one.ordinal());
        }
      }
      documents.set(document, !some.isEmpty());
      first += all;
    }
  }

  /// Records of one index.
  ///
  /// @param blocks all of whose records are meant
  /// @param others single ones, of other blocks
  record Records(List<Long> blocks, List<Address> others) {}

  /// Returns hits of the commit, all of which belong to it, with their documents' own numbers.
  List<Hit> numbered(List<Hit> hits) {
    return hits.stream()
        .map(hit -> new Hit(numbers[hit.document()], hit.ordinal(), hit.score()))
        .toList();
  }

  boolean hasChunk(Address address) {
    int chunk = catalog.chunkAt(address);
    return chunk >= 0 && chunks.get(chunk);
  }

  boolean hasDocument(Address address) {
    int document = catalog.documentAt(address);
    return document >= 0 && documents.get(document);
  }

  /// Returns where its chunks are; empty if they are all that there are.
  Optional<Records> ofChunks() {
    return records(EngineBlock::chunks, catalog::chunkAt, chunks);
  }

  /// Returns where its documents are; empty if they are all that there are.
  Optional<Records> ofDocuments() {
    return records(EngineBlock::documents, catalog::documentAt, documents);
  }

  /// @param number returns that of what is at an address, or -1
  private Optional<Records> records(
      ToIntFunction<EngineBlock> size, ToIntFunction<Address> number, BitSet wanted) {
    var whole = new ArrayList<Long>();
    var others = new ArrayList<Address>();
    boolean all = true;
    for (EngineBlock block : catalog.blocks()) {
      var found = new ArrayList<Address>();
      int there = 0;
      for (int place = 0; place < size.applyAsInt(block); place++) {
        var address = new Address(block.number(), place);
        int one = number.applyAsInt(address);
        there += one < 0 ? 0 : 1;
        if (one >= 0 && wanted.get(one)) {
          found.add(address);
        }
      }
      all &= found.size() == there;
      if (found.size() < there) {
        others.addAll(found);
      } else if (there > 0) {
        whole.add(block.number());
      }
    }
    return all ? Optional.empty() : Optional.of(new Records(whole, others));
  }
}
