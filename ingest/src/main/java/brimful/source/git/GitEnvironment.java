package brimful.source.git;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where git looks for the settings of this machine and its user, by environment variables.
///
/// Variables that name a repository, such as `GIT_DIR`, are ignored: hooks set them for their own
/// repository, and the listing may be about another.
///
/// @param variables of the process
public record GitEnvironment(Map<String, String> variables) {
  private static final int PAIRS_MAX = 10_000;

  public GitEnvironment {
    variables = Map.copyOf(variables);
  }

  /// Returns the user's home folder: `$HOME`, whatever the password file says.
  Optional<Path> home() {
    return path(variable("HOME"));
  }

  /// Returns the configuration files, lowest priority first; not all of them exist.
  List<Path> configFiles() {
    var files = new ArrayList<Path>();
    if (!GitConfig.isTrue(variable("GIT_CONFIG_NOSYSTEM"))) {
      path(variables.getOrDefault("GIT_CONFIG_SYSTEM", "/etc/gitconfig")).ifPresent(files::add);
    }
    if (variables.containsKey("GIT_CONFIG_GLOBAL")) {
      path(variable("GIT_CONFIG_GLOBAL")).ifPresent(files::add);
    } else {
      xdg().map(folder -> folder.resolve("config")).ifPresent(files::add);
      home().map(folder -> folder.resolve(".gitconfig")).ifPresent(files::add);
    }
    return files;
  }

  /// Returns the settings that variables hold themselves, by `GIT_CONFIG_COUNT`.
  List<GitConfigFile.Entry> entries() {
    var entries = new ArrayList<GitConfigFile.Entry>();
    for (int i = 0; i < count(); i++) {
      String key = variable("GIT_CONFIG_KEY_" + i);
      int first = key.indexOf('.');
      int last = key.lastIndexOf('.');
      if (first > 0) {
        entries.add(
            new GitConfigFile.Entry(
                key.substring(0, first).toLowerCase(Locale.ROOT),
                last > first ? key.substring(first + 1, last) : "",
                key.substring(last + 1).toLowerCase(Locale.ROOT),
                variable("GIT_CONFIG_VALUE_" + i)));
      }
    }
    return entries;
  }

  /// Returns the default ignore file, used if no setting names another.
  Optional<Path> standardExcludes() {
    return xdg().map(folder -> folder.resolve("ignore"));
  }

  /// Returns the path that a setting names, with `~` as the home folder.
  Optional<Path> expanded(String value) {
    if (value.equals("~") || value.startsWith("~/")) {
      return home().flatMap(home -> path(home + value.substring(1)));
    }
    return path(value);
  }

  private Optional<Path> xdg() {
    return path(variable("XDG_CONFIG_HOME"))
        .or(() -> home().map(home -> home.resolve(".config")))
        .map(folder -> folder.resolve("git"));
  }

  private int count() {
    try {
      return Math.clamp(Integer.parseInt(variable("GIT_CONFIG_COUNT")), 0, PAIRS_MAX);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
