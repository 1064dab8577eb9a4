package brimful.collection;

import brimful.index.RecountListener;
import brimful.ingest.Progress;

/// Hears how an index is brought up to date. Called from several threads at once.
public interface CorpusListener {
  /// Ignores everything.
  CorpusListener SILENT =
      new CorpusListener() {
        @Override
        public void note(String line) {}

        @Override
        public Progress progress() {
          return Progress.silent();
        }

        @Override
        public RecountListener recount(String tokenizer) {
          return RecountListener.SILENT;
        }
      };

  /// Receives one line for people, such as why the index is rebuilt.
  void note(String line);

  /// Returns the listener for files that are read.
  Progress progress();

  /// Returns the listener for chunks that are counted with another tokenizer.
  RecountListener recount(String tokenizer);
}
