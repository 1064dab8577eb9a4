package brimful.cli.view;

import brimful.cli.option.Terminal;
import brimful.corpus.Counted;
import brimful.corpus.Outcome;
import brimful.ingest.Progress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Draws a bar while files are read, if a person watches and it takes long enough.
final class IngestBar implements Progress {
  /// With fewer files, an ingest ends before a bar could be read.
  private static final long BYTES_WORTH_A_BAR = 4L << 20;

  private static final int REDRAW_MILLIS = 250;

  private final Terminal terminal;
  private final AtomicReference<Optional<ProgressBar>> bar =
      new AtomicReference<>(Optional.empty());

  IngestBar(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void says(String line) {
    terminal.note(line);
  }

  @Override
  public void starts(int files, long bytes) {
    if (!terminal.watched() || bytes < BYTES_WORTH_A_BAR) {
      return;
    }
    bar.set(
        Optional.of(
            new ProgressBarBuilder()
                .setTaskName("reading " + Counted.of(files, "file"))
                .setInitialMax(bytes)
                .setUnit(" MB", 1_000_000)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setConsumer(new BarOutput(terminal.err()))
                .clearDisplayOnFinish()
                .build()));
  }

  @Override
  public void read(Outcome outcome, long tokens, long bytes) {
    bar.get().ifPresent(shown -> shown.stepBy(bytes));
  }

  @Override
  public void ends() {
    bar.get().ifPresent(ProgressBar::close);
  }
}
