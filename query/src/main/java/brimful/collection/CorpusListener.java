package brimful.collection;

import brimful.index.RecountListener;
import brimful.ingest.Progress;

/// Hears how an index is brought up to date. Called from several threads at once.
public interface CorpusListener {
  /// Hears nothing.
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

  /// Hears one line for people, such as why the index is built anew.
  void note(String line);

  /// Returns who is told how many files have been read.
  Progress progress();

  /// Returns who is told how many chunks have been counted with another tokenizer.
  RecountListener recount(String tokenizer);
}
