package brimful.batch;

import java.time.Instant;

/// Is told how far a batch has come. Called from several threads at once.
public interface BatchListener {
  /// Told once, before the first call.
  ///
  /// @param cells how many there are
  /// @param open how many of them are still to be asked
  default void starts(int cells, int open) {}

  /// Told when a cell is answered or has failed.
  default void finished(Row row, Cell cell) {}

  /// Told when money was spent.
  ///
  /// @param usd all that was, at most
  /// @param usdLeft what is left of the limit; infinite without one
  default void spent(double usd, double usdLeft) {}

  /// Told when calls wait for the provider's cheaper hours.
  default void waits(Instant until) {}
}
