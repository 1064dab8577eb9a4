package brimful.cli.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.option.Terminal;
import brimful.corpus.Outcome;
import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IngestBarTest {
  private static final int MINUTE = 60;

  /// What reached the terminal, piece by piece.
  private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();

  private final Locale locale = Locale.getDefault();

  /// As [brimful.cli.Main] does: the bar's digits are the library's.
  @BeforeEach
  void leaveHome() {
    Locale.setDefault(Locale.ROOT);
  }

  @AfterEach
  void comeHome() {
    Locale.setDefault(locale);
  }

  @Test
  void isDrawnWhileTheWorkGoesOn() throws InterruptedException {
    var bar = new IngestBar(terminal(Map.of("BRIMFUL_TTY", "1")));

    bar.starts(3, 10_000_000);
    String first = shown.poll(MINUTE, TimeUnit.SECONDS);
    bar.read(new Outcome.Indexed(), 1, 5_000_000);
    String later = "";
    for (int second = 0; second < MINUTE && !later.contains("50%"); second++) {
      String piece = shown.poll(1, TimeUnit.SECONDS);
      if (piece == null) {
        // Only a change is drawn, and the last one may have come while the bar was being drawn.
        bar.read(new Outcome.Indexed(), 1, 1);
      } else {
        later = piece;
      }
    }
    bar.ends();

    assertThat(first).startsWith("\rreading 3 files");
    assertThat(later).startsWith("\rreading 3 files").contains("50%");
  }

  @Test
  void isNotDrawnWhereNobodyWatches() {
    var bar = new IngestBar(terminal(Map.of()));

    bar.starts(3, 10_000_000);
    bar.read(new Outcome.Indexed(), 1, 10_000_000);
    bar.ends();

    assertThat(shown).isEmpty();
  }

  /// As [brimful.cli.Main] makes it: buffered, and flushed by whoever wants something to be seen.
  private Terminal terminal(Map<String, String> environment) {
    var pieces =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int start, int length) {
            shown.add(new String(bytes, start, length, UTF_8));
          }
        };
    return new Terminal(
        InputStream.nullInputStream(),
        new PrintStream(OutputStream.nullOutputStream(), false, UTF_8),
        new PrintStream(new BufferedOutputStream(pieces, 1 << 16), false, UTF_8),
        environment);
  }
}
