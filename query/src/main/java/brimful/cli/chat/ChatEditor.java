package brimful.cli.chat;

import brimful.store.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// Reads lines from the terminal of this process, with editing, history and Tab.
///
/// The history is a file that only its owner may read: questions tell what people work on. Ctrl-C
/// drops the line that is being typed, or interrupts what [#interruptible] runs. Used by one
/// thread.
public final class ChatEditor implements AutoCloseable {
  private static final int HISTORY_LINES_MAX = 1_000;

  private final Terminal terminal;
  private final LineReader reader;

  private ChatEditor(Terminal terminal, LineReader reader) {
    this.terminal = terminal;
    this.reader = reader;
  }

  /// Opens the terminal.
  ///
  /// @param history where lines are kept
  public static ChatEditor open(Path history) {
    try {
      makePrivate(history);
      Terminal terminal =
          TerminalBuilder.builder()
              .name("brimful")
              .system(true)
              .encoding(StandardCharsets.UTF_8)
              .build();
      // Between a line and its answer there is nothing to stop.
      terminal.handle(Terminal.Signal.INT, Terminal.SignalHandler.SIG_IGN);
      return new ChatEditor(terminal, reader(terminal, history));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use %s: make it writable".formatted(history), e);
    }
  }

  private static LineReader reader(Terminal terminal, Path history) {
    var parser = new DefaultParser();
    // A question has apostrophes and backslashes, which mean themselves.
    parser.setEscapeChars(new char[0]);
    parser.setQuoteChars(new char[0]);
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .appName("brimful")
        .parser(parser)
        .completer(new StringsCompleter(ChatLine.COMMANDS))
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .variable(LineReader.HISTORY_FILE, history)
        .variable(LineReader.HISTORY_SIZE, HISTORY_LINES_MAX)
        .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES_MAX)
        .build();
  }

  /// Makes a file that only its owner may read and write; one that is there becomes private.
  static void makePrivate(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Folders.create(whole.resolveSibling(""));
    if (!Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
      Files.createFile(whole, Folders.ownerOnly(whole, "rw-------"));
    } else if (whole.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /// Returns the next line, empty where Ctrl-C has dropped it; nothing at the end.
  public Optional<String> line() {
    try {
      return Optional.of(reader.readLine("> "));
    } catch (UserInterruptException _) {
      return Optional.of("");
    } catch (EndOfFileException _) {
      return Optional.empty();
    }
  }

  /// Runs something that Ctrl-C interrupts, in this thread.
  public boolean interruptible(BooleanSupplier action) {
    Thread asking = Thread.currentThread();
    terminal.handle(Terminal.Signal.INT, _ -> asking.interrupt());
    try {
      return action.getAsBoolean();
    } finally {
      terminal.handle(Terminal.Signal.INT, Terminal.SignalHandler.SIG_IGN);
      // One that came too late must not stop the next line.
      boolean _ = Thread.interrupted();
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot leave the terminal: type reset", e);
    }
  }
}
