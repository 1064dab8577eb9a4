package brimful.cli.view;

import brimful.cli.option.Terminal;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows how much of a window a local runner has read, if a person watches. Used by one thread.
public final class PrefillBar implements AutoCloseable {
  private static final int REDRAW_MILLIS = 250;

  private final Terminal terminal;
  private Optional<ProgressBar> bar = Optional.empty();

  public PrefillBar(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Shows that so many tokens of the prompt are read.
  public void shows(long tokens, long of) {
    if (!terminal.watched()) {
      return;
    }
    if (bar.isEmpty()) {
      bar =
          Optional.of(
              new ProgressBarBuilder()
                  .setTaskName("reading the window")
                  .setInitialMax(of)
                  .setStyle(ProgressBarStyle.ASCII)
                  .setUpdateIntervalMillis(REDRAW_MILLIS)
                  .setConsumer(new BarOutput(terminal.err()))
                  .clearDisplayOnFinish()
                  .build());
    }
    bar.get().maxHint(of).stepTo(tokens);
  }

  /// Ends the bar: the reply begins, or there will be none.
  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }
}
