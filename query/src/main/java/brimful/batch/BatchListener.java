package brimful.batch;

import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import java.time.Instant;

/// Receives the progress of a batch. Called from several threads at once.
public interface BatchListener {
  /// Called once, before the first call.
  ///
  /// @param cells how many there are
  /// @param open how many of them are still open
  default void starts(int cells, int open) {}

  /// Called when a cell is answered or has failed.
  default void finished(Row row, Cell cell) {}

  /// Called when windows of a unit were read that has several: its cells come later.
  ///
  /// @param read how many so far, of this and earlier runs
  /// @param windows how many there are
  default void reads(String unit, int read, int windows) {}

  /// Called when money was spent.
  ///
  /// @param usd the most that was spent
  /// @param usdLeft the rest of the limit; infinite without one
  default void spent(double usd, double usdLeft) {}

  /// Called when calls wait for the provider's off-peak hours.
  default void waits(Instant until) {}
}
