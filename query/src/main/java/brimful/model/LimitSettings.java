package brimful.model;

import brimful.corpus.UserError;
import brimful.extract.limit.Limit;
import brimful.extract.limit.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The limits of reading that environment and configuration file set: `BRIMFUL_LIMIT_MEMBERS` and
/// `limit.members`. The environment wins.
public final class LimitSettings {
  static final String PREFIX = "limit.";
  private static final String VARIABLE = "BRIMFUL_LIMIT_";

  private LimitSettings() {}

  /// Reads the limits.
  ///
  /// @param environment the process's variables
  /// @throws UserError if some are wrong; the message has every problem, a line each
  public static Limits read(Map<String, String> environment) {
    ConfigFile file = ConfigFile.of(environment);
    var problems = new ArrayList<String>();
    Limits limits = limits(environment, file.values(), Optional.of(file.path()), problems);
    if (!problems.isEmpty()) {
      throw new UserError(UserError.Kind.CONFIG, String.join("\n", problems));
    }
    return limits;
  }

  /// Returns the limits that are set rightly.
  ///
  /// @param path the file's, for the problems
  /// @param problems takes a line for each other one
  static Limits limits(
      Map<String, String> environment,
      Map<String, String> file,
      Optional<Path> path,
      List<String> problems) {
    Limits limits = Limits.standard();
    for (Map.Entry<String, String> entry : new TreeMap<>(file).entrySet()) {
      if (entry.getKey().startsWith(PREFIX)) {
        String title = entry.getKey().substring(PREFIX.length());
        String where = path.map(it -> " (in " + it + ")").orElse("");
        limits = with(limits, title, entry.getValue(), where, problems);
      }
    }
    for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
      if (entry.getKey().startsWith(VARIABLE)) {
        String title = entry.getKey().substring(VARIABLE.length()).toLowerCase(Locale.ROOT);
        limits = with(limits, title, entry.getValue(), " (" + entry.getKey() + ")", problems);
      }
    }
    return limits;
  }

  /// @param where tells people where the value is from
  private static Limits with(
      Limits limits, String title, String value, String where, List<String> problems) {
    if (value.isBlank()) {
      return limits;
    }
    try {
      Limit limit = Limit.named(title);
      return limits.with(limit, limit.value(value));
    } catch (UserError e) {
      problems.add(e.line() + where);
      return limits;
    }
  }

  /// Returns whether a file may have an entry of this name.
  static boolean known(String name) {
    if (!name.startsWith(PREFIX)) {
      return false;
    }
    try {
      return !Limit.named(name.substring(PREFIX.length())).title().isEmpty();
    } catch (UserError e) {
      return false;
    }
  }
}
