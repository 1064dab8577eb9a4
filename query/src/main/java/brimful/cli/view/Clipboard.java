package brimful.cli.view;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.cli.option.Terminal;
import brimful.corpus.UserError;
import brimful.extract.process.ProgramPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The clipboard of the person at the terminal: by the first program that is there and works, else
/// by the terminal itself.
public final class Clipboard {
  private static final int SECONDS_MAX = 20;

  /// What most terminals take at once by OSC 52.
  private static final int ESCAPE_CHARS_MAX = 100_000;

  /// What such a program needs to know: where the screen is, and no key.
  private static final List<String> VARIABLES =
      List.of(
          "PATH", "HOME", "DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "LANG");

  private static final List<Program> PROGRAMS =
      List.of(
          new Program("", UTF_8, List.of("pbcopy")),
          new Program("WAYLAND_DISPLAY", UTF_8, List.of("wl-copy")),
          new Program("DISPLAY", UTF_8, List.of("xclip", "-selection", "clipboard")),
          new Program("DISPLAY", UTF_8, List.of("xsel", "--clipboard", "--input")),
          new Program("", UTF_16LE, List.of("clip.exe")));

  private final Terminal terminal;

  public Clipboard(Terminal terminal) {
    this.terminal = terminal;
  }

  /// A program that copies its input.
  ///
  /// @param display the variable without which it has no screen; empty if it needs none
  private record Program(String display, Charset charset, List<String> words) {
    Optional<Path> find(Map<String, String> environment) {
      return hasScreen(environment) ? installed(environment) : Optional.empty();
    }

    Optional<Path> installed(Map<String, String> environment) {
      return ProgramPath.find(environment, words.getFirst(), List.of());
    }

    boolean hasScreen(Map<String, String> environment) {
      return display.isEmpty() || !environment.getOrDefault(display, "").isEmpty();
    }
  }

  /// Copies a text.
  ///
  /// @return how it was done, such as `xclip`
  /// @throws UserError if there is no way
  public String copy(List<String> parts) {
    String text = String.join("", parts);
    for (Program program : PROGRAMS) {
      Optional<Path> found = program.find(terminal.environment());
      if (found.isPresent() && isCopied(program, found.get(), text)) {
        return program.words().getFirst();
      }
    }
    return escaped(text);
  }

  private boolean isCopied(Program program, Path file, String text) {
    var words = new ArrayList<>(program.words());
    words.set(0, file.toString());
    // Such a program may go on in the background, and keeps what it has open.
    var builder =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    terminal
        .environment()
        .forEach((name, value) -> {
          if (VARIABLES.contains(name)) {
            builder.environment().put(name, value);
          }
        });
    try {
      Process process = builder.start();
      // Stops a program that takes nothing: writing to it ends with an error then.
      Thread watch =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                  }
                } catch (InterruptedException _) {
                  // It has ended in time.
                }
              });
      try (OutputStream to = process.getOutputStream()) {
        to.write(
            (program.charset().equals(UTF_16LE) ? "\uFEFF" + text : text)
                .getBytes(program.charset()));
      }
      int code = process.waitFor();
      watch.interrupt();
      return code == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Says why there is no clipboard: mostly nothing is installed, or what is has no screen.
  private String missing() {
    Map<String, String> environment = terminal.environment();
    return PROGRAMS.stream()
        .filter(it -> !it.hasScreen(environment) && it.installed(environment).isPresent())
        .findFirst()
        .map(it -> ", for %s has no screen: set %s".formatted(it.words().getFirst(), it.display()))
        .orElse(": install pbcopy, wl-copy, xclip or xsel");
  }

  private String escaped(String text) {
    if (!terminal.watched()) {
      throw new UserError(
          UserError.Kind.CANNOT_WRITE,
          "no clipboard here%s, or write the window with -o FILE".formatted(missing()));
    }
    String encoded = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    if (encoded.length() > ESCAPE_CHARS_MAX) {
      throw new UserError(
          UserError.Kind.CANNOT_WRITE,
          String.format(
              Locale.ROOT,
              "the window has %,d characters, more than a terminal copies by itself: install wl-copy, xclip or xsel, or use -o FILE",
              text.length()));
    }
    terminal.err().print("\u001b]52;c;" + encoded + "\u0007");
    terminal.err().flush();
    return "the terminal (OSC 52)";
  }
}
