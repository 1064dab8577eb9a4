package brimful.kafka.record;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import java.util.List;

/// Revisions for tests.
public final class Revisions {
  private Revisions() {}

  /// Returns a revision of an item with one chunk for each text.
  public static Revision of(CollectionKey collection, String item, long version, String... texts) {
    var id = new DocumentId(item);
    var chunks = new java.util.ArrayList<Chunk>();
    for (String text : texts) {
      int ordinal = chunks.size();
      chunks.add(
          new Chunk(
              id,
              ordinal,
              new Locator.Lines(ordinal + 1, ordinal + 1),
              "in",
              List.of("name"),
              text,
              3));
    }
    var whole =
        new Item(id, "stamp", new Outcome.Indexed(), List.of(new Document(id, chunks)), List.of());
    return new Revision(collection, "job", version, 10, new Revision.Change.Put(whole));
  }
}
