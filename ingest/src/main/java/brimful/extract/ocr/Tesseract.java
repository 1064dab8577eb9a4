package brimful.extract.ocr;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import brimful.extract.process.ProgramPath;
import brimful.extract.process.ScratchFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Tesseract, the OCR program, version 4 or later, as it is installed on this machine.
///
/// Each picture gets a process, with one thread and a limit of time; a page takes 1 to 2 seconds.
/// Safe for many threads.
///
/// @param program its file
/// @param version as it says, such as `5.3.0`
/// @param languages installed ones joined by `+`, such as `eng+deu`
/// @param turns whether it can tell how a page is turned (`osd` is installed)
/// @param pageMax how long one picture may take
public record Tesseract(
    Path program, String version, String languages, boolean turns, Duration pageMax) {
  /// A page with twice as much text as any printed one.
  private static final int TEXT_BYTES_MAX = 1 << 20;

  private static final Duration ASK_MAX = Duration.ofSeconds(20);

  /// Each language slows the reading down.
  private static final int LANGUAGES_MAX = 4;

  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z][A-Za-z0-9_/-]*");
  private static final Pattern VERSION = Pattern.compile("tesseract v?(\\d[\\w.-]*)");

  /// Where the installers of macOS and Windows put it without telling the path.
  private static final List<String> USUAL =
      List.of("/opt/homebrew/bin", "C:\\Program Files\\Tesseract-OCR");

  /// Returns the program on the path, which is not started.
  ///
  /// @param environment the variables of this process; without `PATH`, it is not found
  static Optional<Path> program(Map<String, String> environment) {
    return ProgramPath.find(environment, "tesseract", USUAL);
  }

  /// Asks a program for its version and languages, which takes two starts.
  ///
  /// @param wanted languages joined by `+`; empty for English and others that are installed
  /// @throws IOException if it is not Tesseract
  /// @throws UserError if a wanted language is not installed
  static Tesseract known(Path program, String wanted, Duration pageMax) throws IOException {
    var version = VERSION.matcher(said(program, "--version"));
    List<String> installed =
        said(program, "--list-langs")
            .lines()
            .map(String::strip)
            .filter(line -> LANGUAGE.matcher(line).matches())
            .sorted()
            .toList();
    if (!version.find() || installed.isEmpty()) {
      throw new IOException("%s does not say its version and languages".formatted(program));
    }
    boolean turns = installed.contains("osd");
    return new Tesseract(program, version.group(1), chosen(wanted, installed), turns, pageMax);
  }

  private static String chosen(String wanted, List<String> installed) {
    List<String> languages =
        Arrays.stream(wanted.split("\\+"))
            .map(String::strip)
            .filter(language -> !language.isEmpty())
            .toList();
    if (languages.isEmpty()) {
      return Stream.concat(
              installed.stream().filter("eng"::equals),
              installed.stream()
                  .filter(language -> !List.of("eng", "osd", "equ").contains(language)))
          .limit(LANGUAGES_MAX)
          .reduce((all, next) -> all + "+" + next)
          .orElse("eng");
    }
    for (String language : languages) {
      if (!installed.contains(language)) {
        throw new UserError(
            UserError.Kind.USAGE,
            "Tesseract has no language \"%s\": install it, or name some of %s"
                .formatted(language, String.join(", ", installed)));
      }
    }
    return String.join("+", languages);
  }

  private static String said(Path program, String option) throws IOException {
    Path folder = ScratchFolder.make();
    try {
      return output(List.of(program.toString(), option), folder, ASK_MAX);
    } finally {
      ScratchFolder.delete(folder);
    }
  }

  /// Returns what makes another text of the same picture.
  String identity() {
    return "tesseract %s %s %s".formatted(version, languages, turns ? "osd" : "");
  }

  /// Reads a picture; the result may be blank.
  ///
  /// @throws IOException if Tesseract fails or takes too long
  String read(GrayImage image) throws IOException {
    Path folder = ScratchFolder.make();
    try {
      Path picture = folder.resolve("page.pgm");
      write(image, picture);
      return output(words(image, picture), folder, pageMax);
    } finally {
      ScratchFolder.delete(folder);
    }
  }

  /// Runs the program, and returns what it prints. It prints to a file, because reading from a pipe
  /// has no limit of time.
  private static String output(List<String> words, Path folder, Duration most) throws IOException {
    Path printed = folder.resolve("printed");
    Path errors = folder.resolve("errors");
    var builder =
        new ProcessBuilder(words).redirectOutput(printed.toFile()).redirectError(errors.toFile());
    builder.environment().put("OMP_THREAD_LIMIT", "1");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("no end after %s s".formatted(most.toSeconds()));
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "Tesseract ended with code %s: %s"
                .formatted(process.exitValue(), start(errors).strip().replaceAll("\\s+", " ")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while reading a picture");
    } finally {
      process.destroyForcibly();
    }
    return start(printed);
  }

  private static String start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(TEXT_BYTES_MAX), UTF_8);
    }
  }

  private List<String> words(GrayImage image, Path picture) {
    var words = new ArrayList<>(List.of(program.toString(), picture.toString(), "stdout"));
    words.addAll(List.of("-l", languages, "--psm", turns ? "1" : "3"));
    if (image.dpi() > 0) {
      words.addAll(List.of("--dpi", String.valueOf(image.dpi())));
    }
    return words;
  }

  /// Writes a portable gray map, which needs no compression.
  private static void write(GrayImage image, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write("P5\n%s %s\n255\n".formatted(image.width(), image.height()).getBytes(US_ASCII));
      out.write(image.pixels());
    }
  }
}
