package brimful.cli.view;

import brimful.cli.option.Terminal;
import brimful.corpus.Counted;
import brimful.index.RecountListener;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Reports that an index is being recounted, and draws a bar if a person watches.
final class RecountBar implements RecountListener {
  /// Fewer are counted before a bar could be read.
  private static final int CHUNKS_WORTH_A_BAR = 5_000;

  private static final int REDRAW_MILLIS = 250;

  private final Terminal terminal;
  private final String tokenizer;
  private final AtomicReference<Optional<ProgressBar>> bar =
      new AtomicReference<>(Optional.empty());

  RecountBar(Terminal terminal, String tokenizer) {
    this.terminal = terminal;
    this.tokenizer = tokenizer;
  }

  @Override
  public void starts(int chunks) {
    terminal.note(
        "counting %s with %s, without reading files"
            .formatted(Counted.of(chunks, "chunk"), tokenizer));
    if (!terminal.watched() || chunks < CHUNKS_WORTH_A_BAR) {
      return;
    }
    bar.set(
        Optional.of(
            new ProgressBarBuilder()
                .setTaskName("counting chunks")
                .setInitialMax(chunks)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setConsumer(new BarOutput(terminal.err()))
                .clearDisplayOnFinish()
                .build()));
  }

  @Override
  public void counted(int chunks) {
    bar.get().ifPresent(shown -> shown.stepBy(chunks));
  }

  @Override
  public void ends() {
    bar.get().ifPresent(ProgressBar::close);
  }
}
