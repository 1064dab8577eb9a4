package brimful.extract.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs a program within limits of time, output and memory, with a bare environment and nothing to
/// read, and kills it at the end with all that it started.
///
/// The program prints into files of a folder, because reading from a pipe has no limit of time, and
/// may write there itself: all that lies in the folder counts as output. Where there is a POSIX
/// shell, its `ulimit` bounds memory, and processor time in case this process ends first.
public final class BoundedProcess {
  /// What a program prints is a list of what it found, or a few lines of complaint.
  private static final int TEXT_BYTES_MAX = 8 << 20;

  private static final int ERROR_CHARACTERS_MAX = 160;
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration END = Duration.ofSeconds(10);

  /// How many processors a program may keep busy for all of its time.
  private static final int PROCESSORS = 4;

  private static final Path SHELL = Path.of("/bin/sh");
  private static final Path NICE = Path.of("/usr/bin/nice");
  private static final Set<String> ENVIRONMENT = Set.of("LD_LIBRARY_PATH", "SystemRoot");

  private BoundedProcess() {}

  /// How much a program may take.
  ///
  /// @param outputBytes what it may print and write
  /// @param memoryBytes its address space, where the system can bound it
  public record Bounds(Duration time, long outputBytes, long memoryBytes) {}

  /// Why a program ended.
  public enum Cause {
    /// By itself.
    DONE,
    TIME,
    OUTPUT
  }

  /// How a program ended.
  ///
  /// @param code its exit code; meaningless if it was stopped
  /// @param printed the start of what it printed
  /// @param errors the start of its complaints
  public record Ended(Cause cause, int code, String printed, String errors) {
    /// Returns whether it ended by itself, and well.
    public boolean isGood() {
      return cause == Cause.DONE && code == 0;
    }

    /// Returns the last complaint, in one short line; empty if there is none.
    public String lastError() {
      String line =
          errors
              .lines()
              .filter(one -> !one.isBlank())
              .reduce((_, last) -> last)
              .map(one -> one.replaceAll("\\p{Cntrl}", " ").strip())
              .orElse("");
      return line.length() <= ERROR_CHARACTERS_MAX
          ? line
          : line.substring(0, ERROR_CHARACTERS_MAX) + "…";
    }
  }

  /// Runs a program to its end.
  ///
  /// @param words the program and its arguments
  /// @param folder exists, and is the program's alone
  /// @param beat called now and then while it runs
  /// @throws IOException if it cannot be started
  /// @throws CancellationException if this thread is interrupted
  public static Ended run(List<String> words, Path folder, Bounds bounds, Runnable beat)
      throws IOException {
    Path printed = folder.resolve("printed.txt");
    Path errors = folder.resolve("errors.txt");
    var builder =
        new ProcessBuilder(limited(words, bounds))
            .directory(folder.toFile())
            .redirectOutput(printed.toFile())
            .redirectError(errors.toFile());
    builder.environment().keySet().retainAll(ENVIRONMENT);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      Cause cause = watch(process, folder, bounds, beat);
      int code = cause == Cause.DONE ? process.exitValue() : -1;
      return new Ended(cause, code, start(printed), start(errors));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a program ran");
    } finally {
      kill(process);
    }
  }

  private static Cause watch(Process process, Path folder, Bounds bounds, Runnable beat)
      throws InterruptedException, IOException {
    long start = System.nanoTime();
    while (true) {
      long left = bounds.time().toNanos() - (System.nanoTime() - start);
      if (process.waitFor(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS)) {
        return size(folder) > bounds.outputBytes() ? Cause.OUTPUT : Cause.DONE;
      }
      if (left <= LOOK.toNanos()) {
        return Cause.TIME;
      }
      if (size(folder) > bounds.outputBytes()) {
        return Cause.OUTPUT;
      }
      beat.run();
    }
  }

  private static List<String> limited(List<String> words, Bounds bounds) {
    var all = new ArrayList<String>();
    if (Files.isExecutable(NICE)) {
      all.addAll(List.of(NICE.toString(), "-n", "10"));
    }
    if (Files.isExecutable(SHELL)) {
      String script =
          "ulimit -v %s 2>/dev/null; ulimit -t %s 2>/dev/null; exec \"$@\""
              .formatted(
                  bounds.memoryBytes() >> 10, PROCESSORS * Math.max(1, bounds.time().toSeconds()));
      all.addAll(List.of(SHELL.toString(), "-c", script, "sh"));
    }
    all.addAll(words);
    return all;
  }

  private static void kill(Process process) throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("a program cannot be stopped: process " + process.pid());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static String start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(TEXT_BYTES_MAX), UTF_8);
    }
  }
}
