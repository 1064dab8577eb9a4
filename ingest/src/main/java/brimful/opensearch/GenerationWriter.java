package brimful.opensearch;

import brimful.corpus.DocumentId;
import brimful.index.EngineBlock;
import brimful.index.GatedParts;
import brimful.index.ItemParts;
import brimful.index.term.WordList;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Writes what one commit adds and removes: records that no reader sees before the commit.
///
/// A removed record stays for the readers of the commits before, marked with the generation that
/// removed it. One of the same generation is deleted, as nobody has seen it. Safe for many threads.
final class GenerationWriter implements GatedParts.Target {
  /// A generation has room for so many blocks.
  private static final int BLOCK_BITS = 32;

  private static final int WORDS_A_RECORD = 50_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenSearchSchema schema;
  private final String collection;
  private final BulkWriter bulk;
  private final RemovalMarks marks;
  private final Map<DocumentId, List<Placed>> live = new ConcurrentHashMap<>();
  private final Set<String> words = ConcurrentHashMap.newKeySet();
  private final Queue<String> added = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();
  private volatile long generation;
  private volatile boolean changed;

  /// Set once a commit has removed records that are to be swept.
  private volatile boolean removed;

  /// Where a block is.
  private record Placed(long block, int chunks, int documents) {
    long generation() {
      return block >>> BLOCK_BITS;
    }
  }

  /// @param words that the collection has by now
  GenerationWriter(
      OpenSearchClient client,
      OpenSearchSchema schema,
      String collection,
      long generation,
      Collection<EngineBlock> blocks,
      Collection<String> words) {
    this.schema = schema;
    this.collection = collection;
    this.generation = generation;
    bulk = new BulkWriter(client, collection);
    marks = new RemovalMarks(client, collection);
    this.words.addAll(words);
    for (EngineBlock block : blocks) {
      live.computeIfAbsent(block.item(), _ -> new ArrayList<>())
          .add(new Placed(block.number(), block.chunks(), block.documents()));
    }
  }

  @Override
  public void write(ItemParts.Part part) {
    changed = true;
    long block = generation << BLOCK_BITS | next.incrementAndGet();
    var written = new Written(block);
    EngineBlock.write(part, written);
    var placed = new Placed(block, written.chunks, written.documents);
    if (part.number() > 0) {
      live.computeIfPresent(
          part.id(),
          (_, before) -> {
            var all = new ArrayList<>(before);
            all.add(placed);
            return all;
          });
      return;
    }
    List<Placed> before = live.put(part.id(), List.of(placed));
    if (before != null) {
      before.forEach(this::remove);
    }
  }

  @Override
  public void remove(DocumentId item) {
    List<Placed> before = live.remove(item);
    if (before != null) {
      changed = true;
      before.forEach(this::remove);
    }
  }

  private void remove(Placed placed) {
    for (int place = 0; place < placed.chunks(); place++) {
      remove(schema.chunks(), placed, place);
    }
    for (int place = 0; place < placed.documents(); place++) {
      remove(schema.documents(), placed, place);
    }
    remove(schema.items(), placed, 0);
  }

  private void remove(String index, Placed placed, int place) {
    String id = id(collection, placed.block(), place);
    if (placed.generation() == generation) {
      bulk.delete(index, id);
    } else {
      marks.add(new RemovalMarks.Place(index, id), generation);
      removed = true;
    }
  }

  static String id(String collection, long block, int place) {
    return collection + "." + Long.toHexString(block) + "." + place;
  }

  boolean isChanged() {
    return changed;
  }

  /// Returns whether records were removed since the last call.
  boolean hasRemoved() {
    boolean was = removed;
    removed = false;
    return was;
  }

  /// Sends all that is left of the generation.
  void flush() {
    List<String> some = new ArrayList<>();
    for (String word = added.poll(); word != null; word = added.poll()) {
      some.add(word);
      if (some.size() == WORDS_A_RECORD) {
        addWords(some);
        some.clear();
      }
    }
    if (!some.isEmpty()) {
      addWords(some);
    }
    bulk.flush();
    marks.flush(generation);
  }

  private void addWords(List<String> some) {
    long block = generation << BLOCK_BITS | next.incrementAndGet();
    ObjectNode node = record(block, 0);
    node.put(OpenSearchSchema.WORDS, String.join("\n", some).getBytes(StandardCharsets.UTF_8));
    bulk.index(schema.items(), id(collection, block, 0), node);
  }

  /// Goes on with the next generation.
  void committed(long nextGeneration) {
    generation = nextGeneration;
    next.set(0);
    changed = false;
  }

  private ObjectNode record(long block, int place) {
    return JSON.createObjectNode()
        .put(OpenSearchSchema.COLLECTION, collection)
        .put(OpenSearchSchema.BLOCK, block)
        .put(OpenSearchSchema.PLACE, place)
        .put(OpenSearchSchema.BORN, generation)
        .put(OpenSearchSchema.DEAD, OpenSearchSchema.NEVER);
  }

  /// A block on its way.
  private final class Written implements EngineBlock.Sink {
    private final long block;
    private int chunks;
    private int documents;

    Written(long block) {
      this.block = block;
    }

    @Override
    public void chunk(
        int place, Map<String, Float> terms, List<String> names, byte[] record, byte[] picture) {
      ObjectNode node = record(block, place);
      addTerms(schema.chunks(), node, terms);
      if (!names.isEmpty()) {
        ArrayNode all = node.putArray(OpenSearchSchema.DEFINES);
        names.forEach(all::add);
      }
      node.put(OpenSearchSchema.RECORD, record);
      if (picture.length > 0) {
        node.put(OpenSearchSchema.PICTURE, picture);
      }
      bulk.index(schema.chunks(), id(collection, block, place), node);
      chunks = place + 1;
      for (String term : terms.keySet()) {
        if (WordList.takes(term) && words.add(term)) {
          added.add(term);
        }
      }
    }

    @Override
    public void document(int place, Map<String, Float> terms) {
      ObjectNode node = record(block, place);
      addTerms(schema.documents(), node, terms);
      bulk.index(schema.documents(), id(collection, block, place), node);
      documents = place + 1;
    }

    @Override
    public void end(byte[] record) {
      ObjectNode node = record(block, 0);
      node.put(OpenSearchSchema.RECORD, record);
      bulk.index(schema.items(), id(collection, block, 0), node);
    }

    private void addTerms(String index, ObjectNode node, Map<String, Float> terms) {
      ObjectNode all = node.putObject(OpenSearchSchema.TERMS);
      terms.forEach((term, weight) -> {
        List<String> path = schema.path(index, term);
        ObjectNode field = all;
        for (String level : path.subList(0, path.size() - 1)) {
          field = field.withObjectProperty(level);
        }
        field.put(path.getLast(), weight);
      });
    }
  }
}
