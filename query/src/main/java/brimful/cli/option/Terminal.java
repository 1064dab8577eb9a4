package brimful.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.cli.log.LogLine;
import brimful.cli.log.LogSettings;
import brimful.collection.OutputLog;
import brimful.corpus.DiskSpace;
import brimful.corpus.UserError;
import brimful.store.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.Level;

/// The program's standard streams, and its environment.
///
/// @param in standard input
/// @param out the requested output; buffered
/// @param err progress, receipts and errors; buffered, so whoever wants something to be seen
///   flushes: [#note] each line, [brimful.cli.view.BarOutput] each redraw
/// @param environment the variables of the process
public record Terminal(
    InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
  private static final int PIECE_CHARS = 1 << 18;
  private static final int ANSWER_BYTES_MAX = 100;

  /// Returns whether a person watches standard error, so that bars may be drawn.
  public boolean watched() {
    return "1".equals(environment.get("BRIMFUL_TTY")) && !environment.containsKey("NO_PROGRESS");
  }

  /// Returns whether a person types into standard input and reads standard output, as the launcher
  /// has found.
  public boolean isInteractive() {
    return "1".equals(environment.get("BRIMFUL_INTERACTIVE"));
  }

  /// Returns standard input, and tells whoever types into it what is read, and how to end it.
  ///
  /// @param what it is to be
  public InputStream typed(String what) {
    if (isInteractive()) {
      note("reading %s from standard input: end it with Ctrl-D".formatted(what));
    }
    return in;
  }

  /// Writes a text to a file that an option names; `-` is standard output.
  public void write(String file, String text) {
    write(file, List.of(text));
  }

  /// Writes a text that is given in parts. A file is replaced when the whole text is written; until
  /// then it stays as it was.
  public void write(String file, List<String> parts) {
    if (file.equals("-")) {
      parts.forEach(out::print);
      out.flush();
      return;
    }
    try {
      Path path = Path.of(file);
      AtomicFile.overwrite(
          path,
          to -> {
            for (String part : parts) {
              write(to, part);
            }
          });
      OutputLog.of(environment).add(path);
    } catch (IOException e) {
      throw DiskSpace.isExhausted(e)
          ? new UserError(
              UserError.Kind.DISK_FULL,
              "the disk is full, cannot write %s: free some space".formatted(file),
              e)
          : new UserError(
              UserError.Kind.CANNOT_WRITE,
              "cannot write \"%s\", %s: name a file in a folder that exists and is yours"
                  .formatted(file, reason(e)),
              e);
    }
  }

  /// Encodes piece by piece: a window may be as large as its corpus.
  private static void write(OutputStream to, String text) throws IOException {
    int at = 0;
    while (at < text.length()) {
      int end = (int) Math.min(text.length(), (long) at + PIECE_CHARS);
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end++;
      }
      to.write(text.substring(at, end).getBytes(UTF_8));
      at = end;
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "its folder does not exist";
      case AccessDeniedException _ -> "there is no permission to";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /// Prints a line to standard error at once; as JSON, where the log is.
  public void note(String line) {
    tell(Level.INFO, line);
  }

  private void tell(Level level, String line) {
    out.flush();
    err.println(LogSettings.isJson(environment) ? json(level, line, Optional.empty()) : line);
    err.flush();
  }

  private static String json(Level level, String line, Optional<Throwable> failure) {
    return new LogLine(Instant.now(), level, "brimful", line, failure).json();
  }

  /// Asks a person, and returns whether the answer is yes.
  public boolean confirms(String question) {
    out.flush();
    err.print(question + " [y/N] ");
    err.flush();
    try {
      byte[] line = new byte[ANSWER_BYTES_MAX];
      int length = 0;
      int next = in.read();
      while (next >= 0 && next != '\n' && length < line.length) {
        line[length++] = (byte) next;
        next = in.read();
      }
      return new String(line, 0, length, UTF_8).strip().matches("(?i)y|yes");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the answer: add --yes", e);
    }
  }

  /// Prints the one line about an error.
  public void complain(String line) {
    tell(Level.ERROR, LogSettings.isJson(environment) ? line : "brimful: " + line);
  }

  /// Prints where a failure came from, if `BRIMFUL_TRACE=1` asks for it.
  public void trace(Throwable failure) {
    if ("1".equals(environment.get("BRIMFUL_TRACE"))) {
      if (LogSettings.isJson(environment)) {
        err.println(json(Level.ERROR, "the stack of this error", Optional.of(failure)));
      } else {
        failure.printStackTrace(err);
      }
      err.flush();
    }
  }
}
