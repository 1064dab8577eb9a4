package brimful.extract.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import brimful.extract.process.BoundedProcess.Bounds;
import brimful.extract.process.BoundedProcess.Cause;
import brimful.extract.process.BoundedProcess.Ended;
import brimful.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BoundedProcessTest {
  private static final Bounds WIDE = new Bounds(Duration.ofMinutes(1), 1 << 20, 1L << 30);

  @TempDir private Path folder;

  @BeforeEach
  void requireShell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
  }

  private Ended run(String script, Bounds bounds) throws IOException {
    return BoundedProcess.run(List.of("/bin/sh", "-c", script), folder, bounds, () -> {});
  }

  @Test
  void tellsWhatWasPrintedAndHowItEnded() throws IOException {
    Ended ended = run("echo out; echo first >&2; echo last >&2; exit 3", WIDE);

    assertThat(ended).isEqualTo(new Ended(Cause.DONE, 3, "out\n", "first\nlast\n"));
    assertThat(ended.isGood()).isFalse();
    assertThat(ended.lastError()).isEqualTo("last");
  }

  @Test
  void aProgramHasNothingToReadAndSeesNoKeys() throws IOException {
    assertThat(run("cat; /usr/bin/env", WIDE).printed().lines())
        .isNotEmpty()
        .allMatch(line -> line.matches("(?:LC_ALL|PWD|OLDPWD|SHLVL|_|LD_LIBRARY_PATH)=.*"));
  }

  @Test
  void isKilledWithItsChildrenWhenItsTimeIsOver() throws Exception {
    var bounds = new Bounds(Duration.ofMillis(600), 1 << 20, 1L << 30);

    assertThat(run("sleep 300 & echo $! >child; wait", bounds).cause()).isEqualTo(Cause.TIME);

    long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    // A kill takes a moment, and its process may stay in the table until a new parent looks at it.
    Await.until(
        Duration.ofMinutes(1),
        () -> ProcessHandle.of(child).flatMap(handle -> handle.info().command()).isEmpty());
  }

  @Test
  void isKilledWhenItWritesTooMuch() throws IOException {
    assertThat(run("while :; do echo filling; done", WIDE).cause()).isEqualTo(Cause.OUTPUT);
    assertThat(run("head -c 2000000 /dev/zero >more", WIDE).cause()).isEqualTo(Cause.OUTPUT);
  }

  @Test
  void hasSoMuchMemoryAndNoMore() throws IOException {
    assumeTrue(System.getProperty("os.name").startsWith("Linux"));
    var bounds = new Bounds(Duration.ofMinutes(1), 1 << 20, 64L << 20);

    assertThat(run("head -c 200000000 /dev/zero | tail -c 150000000 >/dev/null", bounds).errors())
        .contains("memory");
  }

  @Test
  void beatsWhileItRuns() throws IOException {
    var beats = new AtomicInteger();

    Ended ended =
        BoundedProcess.run(
            List.of("/bin/sh", "-c", "sleep 0.7"), folder, WIDE, beats::incrementAndGet);

    assertThat(ended.isGood()).isTrue();
    assertThat(beats.get()).isBetween(1, 5);
  }

  @Test
  void anInterruptEndsIt() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> run("sleep 300", WIDE)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
