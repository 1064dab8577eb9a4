package brimful.cli.setup;

import brimful.cli.option.Terminal;
import brimful.corpus.UserError;
import brimful.model.HomeFolder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The environment of the process: the locale, whose charset Java uses for arguments and file
/// names, and the home folder.
///
/// The launcher provides a UTF-8 locale. Anyone who starts Java without one gets a message: no Java
/// option fixes it, and restarting with another locale would hide why other tools disagree.
public final class ProcessEnvironment {
  private static final String REPLACEMENT = "\uFFFD";

  /// Letters of several scripts, some of which any single-language charset lacks.
  private static final String LETTERS = "üжש設";

  private ProcessEnvironment() {}

  /// Reports problems of the environment.
  ///
  /// @throws UserError if the command line was garbled
  public static void check(List<String> words, Terminal terminal) {
    if (words.isEmpty() || words.contains("--help") || words.contains("-h")) {
      return;
    }
    if (!System.getProperty("os.name", "").startsWith("Windows")) {
      charset(System.getProperty("sun.jnu.encoding", "UTF-8"), words).ifPresent(terminal::note);
    }
    home(terminal.environment()).ifPresent(terminal::note);
  }

  /// Returns a message about the charset of file names, if it is not UTF-8.
  ///
  /// @throws UserError if it lost a word of the command line
  static Optional<String> charset(String name, List<String> words) {
    if (encodes(name)) {
      return Optional.empty();
    }
    for (String word : words) {
      if (word.contains(REPLACEMENT)) {
        throw new UserError(
            UserError.Kind.USAGE,
            "\"%s\" cannot be read, for the locale's charset is %s: set LC_ALL=C.UTF-8, or start Brimful by its launcher"
                .formatted(word, name));
      }
    }
    return Optional.of(
        "warning: the locale's charset is %s, so names of files with other letters cannot be read: set LC_ALL=C.UTF-8, or start Brimful by its launcher"
            .formatted(name));
  }

  private static boolean encodes(String charset) {
    try {
      return Charset.forName(charset).newEncoder().canEncode(LETTERS);
    } catch (IllegalCharsetNameException
        | UnsupportedCharsetException
        | UnsupportedOperationException e) {
      return charset.toLowerCase(Locale.ROOT).startsWith("utf");
    }
  }

  /// Returns a message about the home folder, if it is missing and needed.
  static Optional<String> home(Map<String, String> environment) {
    boolean wanted =
        environment.getOrDefault("BRIMFUL_HOME", "").isBlank()
            && (environment.getOrDefault("XDG_CACHE_HOME", "").isBlank()
                || environment.getOrDefault("XDG_CONFIG_HOME", "").isBlank());
    if (!wanted) {
      return Optional.empty();
    }
    HomeFolder home = HomeFolder.of(environment);
    return home.makeshift()
        ? Optional.of(
            "no home folder (HOME is %s), so indexes and configuration are in %s: set BRIMFUL_HOME to a folder that lasts"
                .formatted(
                    environment.containsKey("HOME") ? environment.get("HOME") : "not set",
                    home.path()))
        : Optional.empty();
  }
}
