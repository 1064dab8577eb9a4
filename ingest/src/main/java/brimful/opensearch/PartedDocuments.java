package brimful.opensearch;

import brimful.index.EngineBlock;
import brimful.index.EngineCatalog;
import brimful.index.EngineCatalog.Address;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The documents that are several records of the engine, as large ones are.
///
/// @param numbers of the documents
/// @param blocks that have their records, perhaps among others
record PartedDocuments(BitSet numbers, List<Long> blocks) {
  static PartedDocuments of(EngineCatalog catalog) {
    return catalog.derived(PartedDocuments.class, _ -> found(catalog));
  }

  private static PartedDocuments found(EngineCatalog catalog) {
    var numbers = new BitSet();
    var blocks = new ArrayList<Long>();
    if (!catalog.isWhole()) {
      var seen = new BitSet();
      forEach(
          catalog,
          (_, number) -> {
            numbers.set(number, numbers.get(number) || seen.get(number));
            seen.set(number);
          });
      forEach(
          catalog,
          (block, number) -> {
            boolean known = !blocks.isEmpty() && blocks.getLast() == block.number();
            if (numbers.get(number) && !known) {
              blocks.add(block.number());
            }
          });
    }
    return new PartedDocuments(numbers, List.copyOf(blocks));
  }

  private interface Visitor {
    void visit(EngineBlock block, int number);
  }

  private static void forEach(EngineCatalog catalog, Visitor visitor) {
    for (EngineBlock block : catalog.blocks()) {
      for (int place = 0; place < block.documents(); place++) {
        int number = catalog.documentAt(new Address(block.number(), place));
        if (number >= 0) {
          visitor.visit(block, number);
        }
      }
    }
  }

  boolean has(int number) {
    return number >= 0 && numbers.get(number);
  }
}
