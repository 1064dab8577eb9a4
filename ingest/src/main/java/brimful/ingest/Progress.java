package brimful.ingest;

import brimful.corpus.Item;

/// Is told how far the ingest has come. Called from several threads at once.
public interface Progress {

  /// Told once, before the first file is read.
  ///
  /// @param files how many files will be read; those that have not changed are not among them
  /// @param bytes their sizes together
  void starts(int files, long bytes);

  /// Told after each file.
  ///
  /// @param bytes the file's size as it was listed
  void read(Item item, long bytes);

  /// Told once, when the index is up to date.
  void ends();

  /// Asked before each file: whether to stop, and keep what has been read.
  default boolean isCancelled() {
    return false;
  }

  /// Returns a progress that nobody watches.
  static Progress silent() {
    return new Progress() {
      @Override
      public void starts(int files, long bytes) {}

      @Override
      public void read(Item item, long bytes) {}

      @Override
      public void ends() {}
    };
  }
}
