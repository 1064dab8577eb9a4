package brimful.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// The state of a collection: which records are visible, and the notes of the last commit.
///
/// @param identity what the collection is made of: one of another is void
/// @param committed the generation of the last commit; 0 if there is none
/// @param reserved the generation that a writer adds to now, or added to last; it never falls below
///   one that was written to, as ids of deleted records cannot be taken again at once
/// @param aborted generations that were reserved and never committed: a late request of a killed
///   writer may still add to them
/// @param swept records that died in this generation or before it may be gone
/// @param id tells this commit from all others
/// @param writer tells one who reserved the generation from all others who wanted to
record CommitRecord(
    String identity,
    long committed,
    long reserved,
    List<Long> aborted,
    long swept,
    String id,
    Map<String, String> notes,
    String writer) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The oldest are forgotten with a commit, which is safe: each of the takeovers since has undone
  /// what it had written, the last one before this commit, and nothing is under way for so long.
  private static final int ABORTED_MAX = 256;

  /// Nobody's identity: whoever opens the collection next deletes what is left of it.
  private static final String VOID = "";

  CommitRecord {
    aborted = List.copyOf(aborted);
    notes = Map.copyOf(notes);
  }

  static CommitRecord none(String identity) {
    return new CommitRecord(identity, 0, 0, List.of(), 0, "", Map.of(), "");
  }

  /// Returns the record with a new generation reserved, and one that was never committed aborted.
  CommitRecord reserve() {
    return new CommitRecord(
        identity,
        committed,
        reserved + 1,
        allAborted(),
        swept,
        id,
        notes,
        UUID.randomUUID().toString());
  }

  private List<Long> allAborted() {
    if (reserved <= committed || aborted.contains(reserved)) {
      return aborted;
    }
    var all = new ArrayList<>(aborted);
    all.add(reserved);
    return all;
  }

  /// Returns the record with the reserved generation given back, to which nothing was written.
  CommitRecord giveBack() {
    return new CommitRecord(identity, committed, reserved - 1, aborted, swept, id, notes, writer);
  }

  /// Returns the record with the reserved generation committed, and the next one reserved.
  CommitRecord commit(String newId, long newSwept, Map<String, String> newNotes) {
    return new CommitRecord(
        identity,
        reserved,
        reserved + 1,
        aborted.subList(Math.max(0, aborted.size() - ABORTED_MAX), aborted.size()),
        Math.max(swept, newSwept),
        newId,
        newNotes,
        writer);
  }

  /// Returns the record with all that its commits have removed swept.
  CommitRecord sweep() {
    return new CommitRecord(identity, committed, reserved, aborted, committed, id, notes, writer);
  }

  /// Returns the record of a collection without anything, whose generations go on where this one's
  /// ended, so that no new record has the id of a deleted one, and readers of an old commit know
  /// that all may be gone.
  CommitRecord none() {
    long later = Math.max(committed, reserved) + 1;
    return new CommitRecord(VOID, 0, later, allAborted(), later, "", Map.of(), "");
  }

  /// Returns the record for another identity.
  CommitRecord as(String other) {
    return new CommitRecord(other, committed, reserved, aborted, swept, id, notes, writer);
  }

  /// Returns whether a reader of this commit sees a record.
  boolean shows(long born, long dead) {
    return born <= committed
        && !aborted.contains(born)
        && (dead > committed || aborted.contains(dead));
  }

  /// Returns the query for what a reader of this commit sees.
  ArrayNode filter(String collection) {
    ArrayNode filter = JSON.createArrayNode();
    filter.addObject().putObject("term").put(OpenSearchSchema.COLLECTION, collection);
    filter.add(range(OpenSearchSchema.BORN, "lte"));
    List<Long> within = aborted.stream().filter(generation -> generation < committed).toList();
    if (within.isEmpty()) {
      filter.add(range(OpenSearchSchema.DEAD, "gt"));
      return filter;
    }
    ObjectNode live = filter.addObject().putObject("bool");
    live.putArray("must_not").add(terms(OpenSearchSchema.BORN, within));
    live.putArray("should")
        .add(range(OpenSearchSchema.DEAD, "gt"))
        .add(terms(OpenSearchSchema.DEAD, within));
    live.put("minimum_should_match", 1);
    return filter;
  }

  private ObjectNode range(String field, String bound) {
    ObjectNode node = JSON.createObjectNode();
    node.putObject("range").putObject(field).put(bound, committed);
    return node;
  }

  static ObjectNode terms(String field, List<Long> values) {
    ObjectNode node = JSON.createObjectNode();
    ArrayNode array = node.putObject("terms").putArray(field);
    values.forEach(array::add);
    return node;
  }

  ObjectNode json(String collection) {
    ObjectNode node = JSON.createObjectNode();
    node.put("collection", collection);
    node.put("identity", identity);
    node.put("committed", committed);
    node.put("reserved", reserved);
    ArrayNode all = node.putArray("aborted");
    aborted.forEach(all::add);
    node.put("swept", swept);
    node.put("id", id);
    node.put("writer", writer);
    ObjectNode noted = node.putObject("notes");
    new TreeMap<>(notes).forEach(noted::put);
    return node;
  }

  static CommitRecord of(JsonNode node) {
    var aborted = new ArrayList<Long>();
    node.path("aborted").forEach(one -> aborted.add(one.asLong()));
    var notes = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> note : node.path("notes").properties()) {
      notes.put(note.getKey(), note.getValue().asText());
    }
    return new CommitRecord(
        node.path("identity").asText(),
        node.path("committed").asLong(),
        node.path("reserved").asLong(),
        aborted,
        node.path("swept").asLong(),
        node.path("id").asText(),
        notes,
        node.path("writer").asText());
  }
}
