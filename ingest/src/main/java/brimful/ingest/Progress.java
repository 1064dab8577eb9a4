package brimful.ingest;

import brimful.corpus.Outcome;

/// Receives the progress of an ingest. Called from several threads at once.
public interface Progress {

  /// Called before the first file is read, if reading them takes something that a person should
  /// know first.
  ///
  /// @param line such as what an endpoint will be paid
  default void says(String line) {}

  /// Called once, before the first file is read.
  ///
  /// @param files how many files will be read, without unchanged ones
  /// @param bytes their total size
  void starts(int files, long bytes);

  /// Called after each file.
  ///
  /// @param outcome how the file ended
  /// @param tokens the cost of its chunks in the window
  /// @param bytes the file's size as it was listed
  void read(Outcome outcome, long tokens, long bytes);

  /// Called once, when no more is read: the index is up to date, or reading it was stopped or
  /// failed.
  void ends();

  /// Asked before each file: whether to stop and keep what has been read.
  default boolean isCancelled() {
    return false;
  }

  /// Returns a listener that ignores everything.
  static Progress silent() {
    return new Progress() {
      @Override
      public void starts(int files, long bytes) {}

      @Override
      public void read(Outcome outcome, long tokens, long bytes) {}

      @Override
      public void ends() {}
    };
  }
}
