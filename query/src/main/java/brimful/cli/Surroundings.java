package brimful.cli;

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

/// What the machine gives a process besides its arguments: a locale, whose charset Java reads
/// arguments and names of files by, and a home folder.
///
/// The launcher sees to a locale of UTF-8. Who starts Java by hand is told when there is none: no
/// option of Java's mends it, and another start with another locale would hide from people why
/// their own tools disagree with us.
final class Surroundings {
  private static final String REPLACEMENT = "\uFFFD";

  /// Letters of several scripts, of which a charset for one language lacks some.
  private static final String LETTERS = "üжש設";

  private Surroundings() {}

  /// Tells of what is wrong, where it is.
  ///
  /// @throws UserError if it garbled the command line
  static void check(List<String> words, Terminal terminal) {
    if (words.isEmpty() || words.contains("--help") || words.contains("-h")) {
      return;
    }
    if (!System.getProperty("os.name", "").startsWith("Windows")) {
      charset(System.getProperty("sun.jnu.encoding", "UTF-8"), words).ifPresent(terminal::note);
    }
    home(terminal.environment()).ifPresent(terminal::note);
  }

  /// Returns what to say of the charset of names, if it is not UTF-8.
  ///
  /// @throws UserError if a word of the command line was lost by it
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

  /// Returns what to say of the home folder, if there is none and it is wanted.
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
