package brimful.opensearch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Says a part of a collection as a filter of the engine: by blocks, which are items or parts of
/// them, and where it has only some records of a block, by their ids.
///
/// A part of very many blocks or single records has a filter that lets some others pass, or none at
/// all: whoever searches leaves those out, and goes on until it has enough.
///
/// @param termsMax how many values the engine takes in one clause; `index.max_terms_count`
/// @param clausesMax how many clauses the filter may have beside those of the words
record RecordFilter(int termsMax, int clausesMax) {
  static final RecordFilter STANDARD = new RecordFilter(1 << 16, 12);

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Returns the filters that let records of a collection pass; none if it is too many.
  List<ObjectNode> of(String collection, EnginePart.Records records) {
    boolean each = records.others().size() <= termsMax;
    var blocks = new LinkedHashSet<>(records.blocks());
    var ids = new ArrayList<String>();
    for (var one : records.others()) {
      if (each) {
        ids.add(GenerationWriter.id(collection, one.block(), one.place()));
      } else {
        blocks.add(one.block());
      }
    }
    if (blocks.size() > (long) termsMax * (clausesMax - 1)) {
      return List.of();
    }
    ObjectNode any = JSON.createObjectNode();
    ArrayNode should = any.putObject("bool").put("minimum_should_match", 1).putArray("should");
    for (List<Long> some : parts(List.copyOf(blocks))) {
      should.add(CommitRecord.terms(OpenSearchSchema.BLOCK, some));
    }
    ArrayNode array = JSON.createArrayNode();
    ids.forEach(array::add);
    should.addObject().putObject("terms").set("_id", array);
    return List.of(any);
  }

  private List<List<Long>> parts(List<Long> all) {
    var parts = new ArrayList<List<Long>>();
    for (int from = 0; from < all.size(); from += termsMax) {
      parts.add(all.subList(from, Math.min(all.size(), from + termsMax)));
    }
    return parts;
  }
}
