package brimful.ingest;

import brimful.corpus.Document;
import brimful.corpus.Item;
import brimful.source.Listed;
import java.util.List;
import java.util.function.Consumer;

/// Files that another index holds as they are now, so that they need not be read again. Called from
/// several threads at once.
public interface StoredFiles {
  /// Holds none.
  StoredFiles NONE =
      new StoredFiles() {
        @Override
        public boolean has(Listed.File file) {
          return false;
        }

        @Override
        public Item item(Listed.File file, Consumer<List<Document>> early) {
          throw new IllegalArgumentException("no file is stored: ask for what there is");
        }
      };

  /// Whether a file is there, with the stamp that it was listed with.
  boolean has(Listed.File file);

  /// Returns a file that is there, under the id that it was listed with.
  ///
  /// @param early takes the parts of a large one, in the way of [brimful.index.ItemParts#add]
  Item item(Listed.File file, Consumer<List<Document>> early);
}
