package brimful.cli.view;

import brimful.batch.BatchListener;
import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import brimful.cli.option.Terminal;
import brimful.model.Cost;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Draws the progress of a batch: failures, money and remaining time.
public final class BatchBar implements BatchListener, AutoCloseable {
  private static final int REDRAW_MILLIS = 500;

  private final Terminal terminal;
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<String> money = new AtomicReference<>("");
  private final AtomicReference<String> part = new AtomicReference<>("");
  private final AtomicReference<Optional<ProgressBar>> bar =
      new AtomicReference<>(Optional.empty());

  public BatchBar(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void starts(int cells, int open) {
    if (!terminal.watched() || open == 0) {
      return;
    }
    Optional<ProgressBar> before =
        bar.getAndSet(
            Optional.of(
                new ProgressBarBuilder()
                    .setTaskName("cells")
                    .setInitialMax(cells)
                    .startsFrom(cells - open, Duration.ZERO)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .setConsumer(new BarOutput(terminal.err()))
                    .clearDisplayOnFinish()
                    .build()));
    before.ifPresent(ProgressBar::close);
  }

  @Override
  public void finished(Row row, Cell cell) {
    if (cell instanceof Cell.Failed) {
      failed.incrementAndGet();
    }
    bar.get().ifPresent(shown -> shown.step().setExtraMessage(extra()));
  }

  @Override
  public void reads(String unit, int read, int windows) {
    part.set(read < windows ? ", window %s of %s of %s".formatted(read + 1, windows, unit) : "");
    bar.get().ifPresent(shown -> shown.setExtraMessage(extra()));
  }

  @Override
  public void spent(double usd, double usdLeft) {
    money.set(
        Cost.display(usd)
            + (usdLeft < Double.POSITIVE_INFINITY
                ? ", %s left".formatted(Cost.display(usdLeft))
                : ""));
    bar.get().ifPresent(shown -> shown.setExtraMessage(extra()));
  }

  @Override
  public void waits(Instant until) {
    terminal.note("waiting for the cheaper hours, from %s".formatted(until));
  }

  private String extra() {
    return " %s failed, %s%s".formatted(failed.get(), money.get(), part.get());
  }

  @Override
  public void close() {
    bar.get().ifPresent(ProgressBar::close);
  }
}
