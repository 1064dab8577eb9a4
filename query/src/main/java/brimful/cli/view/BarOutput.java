package brimful.cli.view;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/// The buffered stream for a progress bar, flushed at each redraw.
final class BarOutput extends ConsoleProgressBarConsumer {
  private final PrintStream stream;

  BarOutput(PrintStream stream) {
    super(stream);
    this.stream = stream;
  }

  @Override
  public void accept(String bar) {
    super.accept(bar);
    stream.flush();
  }

  @Override
  public void clear() {
    super.clear();
    stream.flush();
  }

  @Override
  public void close() {
    super.close();
    stream.flush();
  }
}
