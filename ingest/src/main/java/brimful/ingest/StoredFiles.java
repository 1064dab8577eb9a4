package brimful.ingest;

import brimful.corpus.Item;
import brimful.source.Listed;

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
        public Item item(Listed.File file) {
          throw new IllegalArgumentException("no file is stored: ask for what there is");
        }
      };

  /// Whether a file is there, with the stamp that it was listed with.
  boolean has(Listed.File file);

  /// Returns a file that is there, under the id that it was listed with.
  Item item(Listed.File file);
}
