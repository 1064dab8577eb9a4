package brimful.cli;

import brimful.ask.Unavailable;
import brimful.queue.KafkaUnreachable;
import brimful.queue.UnreadableRecord;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/// Starts the program: finds the command, runs it, and turns what went wrong into one line and a
/// code.
public final class Main {
  /// The version as the build stamps it into the jar.
  static final String VERSION = version();

  private Main() {}

  public static void main(String[] words) {
    // First of all, so that no library captures another: digits, letter case and dates are the same
    // everywhere. What is formatted here says so itself.
    Locale.setDefault(Locale.ROOT);
    // UTF-8 whatever the locale says: answers quote documents in every script.
    PrintStream out = utf8(new FileOutputStream(FileDescriptor.out));
    PrintStream err = utf8(new FileOutputStream(FileDescriptor.err));
    ExitCode code = run(List.of(words), new Terminal(System.in, out, err, System.getenv()));
    out.flush();
    err.flush();
    // halt, and not exit, so that parser threads that hang cannot keep us; all output is flushed.
    Runtime.getRuntime().halt(code.code);
  }

  /// Runs one command line; everything it prints goes to the terminal that is given.
  static ExitCode run(List<String> words, Terminal terminal) {
    String first = words.isEmpty() ? "--help" : words.getFirst();
    // Answered before any command is built, so that the shortest answers come soonest.
    if (first.equals("--version") || first.equals("-V") || first.equals("version")) {
      terminal.out().println("brimful " + VERSION);
      return ExitCode.OK;
    }
    try {
      Surroundings.check(words, terminal);
      return Commands.run(words, terminal);
    } catch (Exit e) {
      terminal.complain(line(e));
      return e.code();
    } catch (IllegalArgumentException e) {
      terminal.complain(line(e));
      terminal.trace(e);
      return ExitCode.USAGE;
    } catch (Unavailable e) {
      terminal.complain(line(e));
      return ExitCode.UNAVAILABLE;
    } catch (CancellationException e) {
      terminal.complain(
          "stopped: the index keeps what was committed, the next run goes on from there");
      return ExitCode.INTERRUPTED;
    } catch (UncheckedIOException e) {
      terminal.complain(describe(e));
      terminal.trace(e);
      return code(e);
    } catch (UnreadableRecord e) {
      terminal.complain("a record in Kafka cannot be read: " + line(e));
      return ExitCode.IO;
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
      terminal.complain(
          "this is a defect in Brimful, %s: run it again with BRIMFUL_TRACE=1 and report what it prints"
              .formatted(e));
      terminal.trace(e);
      return ExitCode.BUG;
    }
  }

  private static ExitCode code(UncheckedIOException e) {
    if (e instanceof KafkaUnreachable) {
      return ExitCode.UNAVAILABLE;
    }
    return e.getCause() instanceof NoSuchFileException ? ExitCode.NO_INPUT : ExitCode.IO;
  }

  /// Returns our own words for what broke, with the disk's behind them; only the latter if we had
  /// none.
  private static String describe(UncheckedIOException e) {
    String said =
        switch (e.getCause()) {
          case NoSuchFileException missing -> "no such file: " + line(missing);
          case AccessDeniedException denied -> "no permission to open " + line(denied);
          case IOException other -> line(other);
          case null -> "";
        };
    String own = line(e);
    return own.equals(String.valueOf(e.getCause())) ? said : own + " (" + said + ")";
  }

  /// Returns what an exception says, or its kind if it says nothing.
  static String line(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static PrintStream utf8(FileOutputStream file) {
    return new PrintStream(new BufferedOutputStream(file, 1 << 16), false, StandardCharsets.UTF_8);
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
