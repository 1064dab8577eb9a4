package brimful.source.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The git settings that apply to a work tree, from every file that git would read.
///
/// Read here rather than by JGit, which does not support `[includeIf]` and asks Java for the home
/// folder instead of `$HOME`. Later entries override earlier ones, and included entries take the
/// place of the include. Of an unreadable or malformed file, the entries up to the problem count.
public final class GitConfig {
  private static final int FILE_BYTES_MAX = 16 << 20;

  static final String IGNORE_CASE = "core.ignorecase";

  /// As many files may include each other in a row as in git.
  private static final int DEPTH_MAX = 10;

  private final GitEnvironment environment;
  private final Optional<WorkTree> tree;
  private final List<GitConfigFile.Entry> entries = new ArrayList<>();

  private GitConfig(GitEnvironment environment, Optional<WorkTree> tree) {
    this.environment = environment;
    this.tree = tree;
  }

  /// Reads the settings for a work tree: of the machine, the user and the repository.
  public static GitConfig of(WorkTree tree, GitEnvironment environment) {
    var config = new GitConfig(environment, Optional.of(tree));
    environment.configFiles().forEach(file -> config.read(file, 0));
    config.read(tree.commonFolder().resolve("config"), 0);
    if (config.isOn("extensions.worktreeconfig")) {
      config.read(tree.gitFolder().resolve("config.worktree"), 0);
    }
    config.entries.addAll(environment.entries());
    return config;
  }

  /// Returns the last value of a key.
  ///
  /// @param key section and name in lower case, a subsection between them as it is written
  Optional<String> value(String key) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).key().equals(key)) {
        return Optional.of(entries.get(i).value());
      }
    }
    return Optional.empty();
  }

  /// Returns a yes or no; no if it is not there.
  public boolean isOn(String key) {
    return value(key).filter(GitConfig::isTrue).isPresent();
  }

  static boolean isTrue(String value) {
    return List.of("true", "yes", "on", "1").contains(value.toLowerCase(Locale.ROOT));
  }

  private void read(Path file, int depth) {
    try {
      if (depth > DEPTH_MAX || !Files.isRegularFile(file) || Files.size(file) > FILE_BYTES_MAX) {
        return;
      }
      for (GitConfigFile.Entry entry : GitConfigFile.parse(Files.readAllBytes(file))) {
        entries.add(entry);
        if (entry.name().equals("path") && includes(entry, file)) {
          environment
              .expanded(entry.value())
              .ifPresent(path -> read(file.resolveSibling(path), depth + 1));
        }
      }
    } catch (IOException e) {
      // Git would stop here; the files can be read all the same.
    }
  }

  private boolean includes(GitConfigFile.Entry entry, Path file) {
    if (entry.section().equals("include")) {
      return entry.subsection().isEmpty();
    }
    return entry.section().equals("includeif") && holds(entry.subsection(), file);
  }

  private boolean holds(String condition, Path file) {
    int colon = condition.indexOf(':');
    String kind = condition.substring(0, Math.max(colon, 0));
    String pattern = condition.substring(colon + 1);
    return switch (kind) {
      case "gitdir" -> isGitFolder(pattern, file, false);
      case "gitdir/i" -> isGitFolder(pattern, file, true);
      case "onbranch" -> isBranch(pattern);
      case "hasconfig" -> hasRemote(pattern);
      default -> false;
    };
  }

  private boolean isGitFolder(String given, Path file, boolean ignoreCase) {
    if (tree.isEmpty()) {
      return false;
    }
    String pattern = given;
    if (pattern.startsWith("./")) {
      pattern = literal(real(file).resolveSibling("").toString()) + "/" + pattern.substring(2);
    } else if (pattern.startsWith("~/")) {
      Optional<Path> home = environment.home();
      if (home.isEmpty()) {
        return false;
      }
      pattern = literal(real(home.get()).toString()) + pattern.substring(1);
    }
    if (!pattern.startsWith("/")) {
      pattern = "**/" + pattern;
    }
    if (pattern.endsWith("/")) {
      pattern += "**";
    }
    var wildcards = Wildcards.compile(ByteNames.of(pattern), true, ignoreCase);
    Path folder = tree.get().gitFolder().toAbsolutePath();
    return List.of(real(folder), folder).stream()
        .map(path -> ByteNames.of(path.toString()))
        .anyMatch(path -> wildcards.matches(ignoreCase ? ByteNames.lower(path) : path));
  }

  /// Returns a pattern that matches just this text.
  private static String literal(String text) {
    return text.replaceAll("([*?\\[\\\\])", "\\\\$1");
  }

  private boolean isBranch(String pattern) {
    String whole = pattern.endsWith("/") ? pattern + "**" : pattern;
    return tree.flatMap(WorkTree::branch)
        .filter(branch ->
            Wildcards.compile(ByteNames.of(whole), true, false).matches(ByteNames.of(branch)))
        .isPresent();
  }

  private boolean hasRemote(String condition) {
    String start = "remote.*.url:";
    if (!condition.startsWith(start) || tree.isEmpty()) {
      return false;
    }
    String pattern = condition.substring(start.length());
    String whole = pattern.endsWith("/") ? pattern + "**" : pattern;
    var wildcards = Wildcards.compile(ByteNames.of(whole), true, false);
    return tree.get().remotes().stream().map(ByteNames::of).anyMatch(wildcards::matches);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }
}
