package brimful.cli;

import brimful.cli.command.ExitCode;
import brimful.cli.command.UntilStopped;
import brimful.cli.option.IoFailure;
import brimful.cli.option.LogOption;
import brimful.cli.option.Terminal;
import brimful.cli.option.WatchedOutput;
import brimful.cli.setup.ProcessEnvironment;
import brimful.corpus.DiskSpace;
import brimful.corpus.OutOfHeap;
import brimful.corpus.UserError;
import brimful.kafka.record.UnreadableRecord;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/// Starts the program: finds the command, runs it, and turns errors into one line and an exit code.
public final class Main {
  /// The version that the build writes into the jar.
  static final String VERSION = version();

  private Main() {}

  public static void main(String[] words) {
    // First of all, so that no library captures another locale: digits, letter case and dates are
    // the same everywhere. Our own formatting names its locale.
    Locale.setDefault(Locale.ROOT);
    // UTF-8 in every locale: answers quote documents in every script.
    var standard = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
    PrintStream out = utf8(standard);
    PrintStream err = utf8(new FileOutputStream(FileDescriptor.err));
    var terminal = new Terminal(System.in, out, err, System.getenv());
    ExitCode code = written(run(List.of(words), terminal), standard, terminal);
    err.flush();
    if (code != ExitCode.OK && UntilStopped.isStopping()) {
      // The process ends with the signal's number when this thread is over.
      return;
    }
    // halt rather than exit, so that hanging parser threads cannot delay the end; all output is
    // flushed.
    Runtime.getRuntime().halt(code.number());
  }

  /// Returns the exit code once all output has been written, or could not be.
  static ExitCode written(ExitCode code, WatchedOutput standard, Terminal terminal) {
    terminal.out().flush();
    if (standard.failure().isEmpty() || code != ExitCode.OK) {
      return code;
    }
    if (standard.isBroken()) {
      return ExitCode.BROKEN_PIPE;
    }
    terminal.complain(
        "cannot write standard output, %s: see where it goes"
            .formatted(IoFailure.message(standard.failure().get())));
    return standard.failure().filter(DiskSpace::isExhausted).isPresent()
        ? ExitCode.IO
        : ExitCode.CANNOT_CREATE;
  }

  /// Runs one command line; everything it prints goes to the given terminal.
  static ExitCode run(List<String> words, Terminal given) {
    Terminal terminal = given;
    String first = words.isEmpty() ? "--help" : words.getFirst();
    // Answered before any command is built, so that the shortest answers come soonest.
    if (first.equals("--version") || first.equals("-V") || first.equals("version")) {
      terminal.out().println("brimful " + VERSION);
      return ExitCode.OK;
    }
    try {
      terminal = LogOption.applied(words, given);
      ProcessEnvironment.check(words, terminal);
      return Commands.run(words, terminal);
    } catch (UserError e) {
      terminal.complain(e.line());
      terminal.trace(e);
      return ExitCode.of(e.kind());
    } catch (CancellationException e) {
      terminal.complain(
          "stopped: the index keeps what was committed, the next run goes on from there");
      return ExitCode.INTERRUPTED;
    } catch (UncheckedIOException e) {
      terminal.complain(IoFailure.line(e));
      terminal.trace(e);
      return e.getCause() instanceof NoSuchFileException ? ExitCode.NO_INPUT : ExitCode.IO;
    } catch (InvalidPathException e) {
      // Any option may name a file, and the JDK rejects impossible file names.
      terminal.complain(
          "\"%s\" is not a file name, %s: check it".formatted(e.getInput(), e.getReason()));
      return ExitCode.USAGE;
    } catch (UnreadableRecord e) {
      terminal.complain("a record in Kafka cannot be read: " + IoFailure.message(e));
      return ExitCode.NO_DATA;
    } catch (OutOfMemoryError e) {
      UserError full = OutOfHeap.error(e);
      terminal.complain(full.line());
      terminal.trace(e);
      return ExitCode.of(full.kind());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      terminal.complain(
          "this is a defect in Brimful, %s: run it again with BRIMFUL_TRACE=1 and report what it prints"
              .formatted(e));
      terminal.trace(e);
      return ExitCode.BUG;
    }
  }

  private static PrintStream utf8(OutputStream file) {
    return new PrintStream(new BufferedOutputStream(file, 1 << 16), false, StandardCharsets.UTF_8);
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
