package brimful.ingest;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.source.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Joins the parts of an item again, where it is needed as a whole, up to a limit. For one thread.
final class WholeItem implements Consumer<List<Document>> {
  private final long charactersMax;
  private final List<Document> documents = new ArrayList<>();
  private long characters;

  WholeItem(long charactersMax) {
    this.charactersMax = charactersMax;
  }

  /// Thrown at those who give more than is taken.
  static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long taken;

    Full(long taken) {
      super("more than is taken after %s characters".formatted(taken), null, false, false);
      this.taken = taken;
    }

    /// Returns the outcome of a file that has more.
    Outcome outcome(Listed.File file) {
      return new Outcome.Truncated(
          taken, Math.max(taken + 1, file.bytes()), "characters", "the most a worker takes");
    }
  }

  /// Takes a part.
  ///
  /// @throws Full if no more is taken
  @Override
  public void accept(List<Document> part) {
    join(part);
    if (characters > charactersMax) {
      throw new Full(characters);
    }
  }

  private void join(List<Document> part) {
    for (Document document : part) {
      characters +=
          document.chunks().stream()
              .mapToLong(chunk -> chunk.text().length() + chunk.picture().bytes().length)
              .sum();
      if (document.first() == 0) {
        documents.add(document);
      } else {
        Document before = documents.removeLast();
        List<Chunk> chunks = new ArrayList<>(before.chunks());
        chunks.addAll(document.chunks());
        documents.add(new Document(before.id(), before.title(), chunks));
      }
    }
  }

  /// Returns the whole item.
  ///
  /// @param last has the documents that were not accepted
  Item with(Item last) {
    if (documents.isEmpty()) {
      return last;
    }
    join(last.documents());
    return new Item(
        last.id(), last.stamp(), last.outcome(), documents, last.members(), last.secrets());
  }
}
