package brimful.exhaustive;

import brimful.batch.BatchListener;
import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import java.time.Instant;

/// Tells of a batch what happens in a part of it: the whole has begun already.
final class PartListener implements BatchListener {
  private final BatchListener whole;

  PartListener(BatchListener whole) {
    this.whole = whole;
  }

  @Override
  public void finished(Row row, Cell cell) {
    whole.finished(row, cell);
  }

  @Override
  public void spent(double usd, double usdLeft) {
    whole.spent(usd, usdLeft);
  }

  @Override
  public void waits(Instant until) {
    whole.waits(until);
  }

  /// Returns a listener to the windows of a unit, which are no cells of the whole.
  BatchListener windows(String unit) {
    return new Windows(unit);
  }

  private final class Windows implements BatchListener {
    private final String unit;
    private int windows;
    private int read;

    Windows(String unit) {
      this.unit = unit;
    }

    @Override
    public synchronized void starts(int cells, int open) {
      windows = cells;
      read = cells - open;
      whole.reads(unit, read, windows);
    }

    @Override
    public synchronized void finished(Row row, Cell cell) {
      read++;
      whole.reads(unit, read, windows);
    }

    @Override
    public void spent(double usd, double usdLeft) {
      whole.spent(usd, usdLeft);
    }

    @Override
    public void waits(Instant until) {
      whole.waits(until);
    }
  }
}
