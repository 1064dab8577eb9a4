package brimful.cli.option;

import brimful.cli.log.LogSettings;
import brimful.corpus.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.cli.Option;

/// The option that selects the format of the log.
public final class LogOption {
  private static final String NAME = "log";

  /// The commands that log; of `pack` and `ask`, the option is another: how many commits to show.
  private static final Set<String> LOGGING = Set.of("worker", "index-worker", "serve");

  private LogOption() {}

  public static Option option() {
    return PackOptions.option(
        NAME, "FORMAT", "the log's format: json or text (default: $BRIMFUL_LOG, else text)");
  }

  /// Returns the terminal in whose environment the option of a command line is the variable, and
  /// makes its settings the process's. It is read before the command line is parsed, so that errors
  /// have that format, too.
  ///
  /// @throws UserError if the settings do not exist
  public static Terminal applied(List<String> words, Terminal terminal) {
    boolean logs = !words.isEmpty() && LOGGING.contains(words.getFirst());
    List<String> options =
        logs ? words.stream().takeWhile(word -> !word.equals("--")).toList() : List.of();
    Map<String, String> environment = new HashMap<>(terminal.environment());
    int at = options.indexOf("--" + NAME);
    if (at >= 0 && at + 1 < options.size()) {
      environment.put(LogSettings.FORMAT, options.get(at + 1));
    }
    options.stream()
        .filter(word -> word.startsWith("--" + NAME + "="))
        .forEach(word -> environment.put(LogSettings.FORMAT, word.substring(NAME.length() + 3)));
    String format = environment.getOrDefault(LogSettings.FORMAT, "");
    if (!format.equals(terminal.environment().getOrDefault(LogSettings.FORMAT, ""))) {
      LogSettings.requireFormat("--" + NAME, format, UserError.Kind.USAGE);
    }
    LogSettings.of(environment).apply();
    return new Terminal(terminal.in(), terminal.out(), terminal.err(), environment);
  }
}
