package brimful.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes small repositories with all that decides what git lists.
final class RandomRepository {
  private static final String[] NAMES = {
    "a", "b", "ab", "c.x", "d.y", "foo", "foo.x", "foobar", "sp ace", "end ", "#h", "!n", "[q]",
    "x*y", "b\\c", "ü", "日本.x", "src", "out"
  };
  private static final String[] PARTS = {
    "a",
    "b",
    "c",
    "foo",
    "bar",
    ".x",
    ".y",
    "*",
    "*",
    "**",
    "**/",
    "/**",
    "?",
    "/",
    "/",
    "[ab]",
    "[!a]",
    "[^b]",
    "[a-c]",
    "[[:alpha:]]",
    "[]q]",
    "[",
    "]",
    "\\",
    "\\*",
    "\\ ",
    " ",
    "#",
    "!",
    "ü",
    "src",
    "out",
    "A",
    "FOO",
    "[A-C]",
    "[[:upper:]]"
  };
  private static final String[] WHOLE = {
    "a",
    "*.x",
    "/b",
    "a/",
    "!a",
    "!*.x",
    "b/*",
    "**/ab",
    "a/**/b",
    "?b",
    "!/b/",
    "foo*",
    "*",
    "!*/",
    "/*",
    "src/",
    "!src/foo",
    "\\!n",
    "\\#h",
    "end\\ ",
    "end ",
    "sp ace",
    "sp\\ ace",
    "\\[q\\]",
    "x\\*y",
    "b\\\\c",
    "**",
    "a/**",
    "**/foo.x",
    "foo**/b",
    "!.gitignore",
    "# no",
    "",
    "link",
    "link/",
    "ü",
    "日*",
    "?",
    "??",
    "A",
    "FOO",
    "*.X"
  };

  private final RealGit git;
  private final Random random;
  private final Path root;
  private final Path home;
  private boolean ignoreCase;

  RandomRepository(RealGit git, Random random, Path root, Path home) {
    this.git = git;
    this.random = random;
    this.root = root;
    this.home = home;
  }

  /// Makes one, or a folder of several; returns what is to be listed.
  Path make() {
    settings();
    if (one(5)) {
      files(root, 3);
      repository(root.resolve("one"), 15);
      repository(root.resolve("sub/two"), 15);
      return root;
    }
    repository(root, 25);
    if (one(3)) {
      repository(inside(root).resolve("nested"), 8);
    }
    if (one(4)) {
      broken(inside(root));
    }
    if (one(4)) {
      return submodule();
    }
    return one(5) ? worktree() : root;
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private String any(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private void write(Path file, String text) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes the user's own settings and excludes, in one of the places where git looks for them.
  private void settings() {
    ignoreCase = one(6);
    String excludes = home.resolve("mine").toString();
    switch (random.nextInt(7)) {
      case 0 -> write(home.resolve(".config/git/ignore"), lines());
      case 1 -> write(home.resolve(".gitconfig"), "[core]\n\texcludesFile = ~/mine\n");
      case 2 ->
          write(
              home.resolve(".config/git/config"),
              "[core] excludesfile = \"%s\" ; here\n".formatted(excludes));
      case 3 -> {
        write(home.resolve(".gitconfig"), "[include]\n  path = more.inc\n");
        write(home.resolve("more.inc"), "\uFEFF[CORE]\r\n  ExcludesFile = ~/mine # mine\r\n");
      }
      case 4 -> {
        String where = one(2) ? root + "/" : root + "/.git";
        write(
            home.resolve(".gitconfig"),
            "[core]\n excludesFile = ~/others\n[includeIf \"gitdir:%s\"]\n path = ~/if.inc\n"
                .formatted(where));
        write(home.resolve("if.inc"), "[core]\n excludesFile = mi\\\nne\n excludesFile = ~/mine\n");
        write(home.resolve("others"), lines());
      }
      case 5 -> {
        write(home.resolve(".gitconfig"), "[includeIf \"onbranch:ma*\"]\n path = ~/if.inc\n");
        write(home.resolve("if.inc"), "[core]\n excludesFile = ~/mine\n");
      }
      default -> {}
    }
    write(home.resolve("mine"), lines());
  }

  private void repository(Path top, int files) {
    files(top, files);
    init(top);
    if (one(2)) {
      track(top, 4);
    }
    if (one(5)) {
      write(top.resolve(".git/info/exclude"), lines());
    }
    for (int i = random.nextInt(4); i >= 0; i--) {
      write(inside(top).resolve(".gitignore"), (one(6) ? "\uFEFF" : "") + lines());
    }
    if (one(3)) {
      track(top, 3);
    }
    if (one(6)) {
      sparse(top);
    }
  }

  private void init(Path top) {
    var words = new ArrayList<String>(List.of("init", "-q", "-b", "main"));
    if (one(8)) {
      words.add("--object-format=sha256");
    }
    git.run(top, words.toArray(String[]::new));
    git.run(top, "config", "core.ignoreCase", Boolean.toString(ignoreCase));
    if (one(4)) {
      git.run(top, "config", "core.splitIndex", "true");
      git.run(top, "config", "splitIndex.maxPercentChange", "100");
    }
    if (one(4)) {
      git.run(top, "config", "index.version", "4");
    }
  }

  private void files(Path top, int count) {
    for (int i = 0; i < count; i++) {
      Path file = top;
      for (int depth = random.nextInt(4); depth >= 0; depth--) {
        file = file.resolve(any(NAMES));
      }
      try {
        Path folder = file.resolveSibling("");
        Files.createDirectories(folder);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          if (one(12)) {
            Files.createSymbolicLink(folder.resolve("link"), top.resolve(one(2) ? "src" : "a"));
          } else {
            Files.writeString(file, "x");
          }
        }
      } catch (IOException e) {
        // A file stands where a folder should, or the other way round.
      }
    }
  }

  private void track(Path top, int count) {
    for (int i = 0; i < count; i++) {
      Path file = inside(top);
      String path = top.relativize(file).toString();
      try {
        git.run(top, "--literal-pathspecs", "add", "-f", one(5) ? "-N" : "-v", "--", path);
      } catch (IllegalStateException e) {
        // It is the top, or a repository without a commit.
      }
    }
  }

  private void commit(Path top) {
    git.run(
        top,
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b.c",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "x");
  }

  private void sparse(Path top) {
    git.run(top, "add", "-A");
    commit(top);
    git.run(top, "sparse-checkout", "set", "--no-cone", "/" + any(NAMES), "/src/");
    files(top, 4);
  }

  /// Adds a repository in this one as a submodule, with its description or without.
  private Path submodule() {
    Path sub = root.resolve("mod");
    repository(sub, 6);
    track(sub, 1);
    commit(sub);
    try {
      git.run(root, "add", "-f", "mod");
    } catch (IllegalStateException e) {
      // Its ids are of another kind.
      return root;
    }
    if (one(2)) {
      write(root.resolve(".gitmodules"), "[submodule \"mod\"]\n\tpath = mod\n\turl = ../mod\n");
    }
    return root;
  }

  private Path worktree() {
    track(root, 3);
    commit(root);
    Path tree = root.resolveSibling("worktree");
    git.run(root, "worktree", "add", "-q", tree.toString());
    files(tree, 10);
    write(inside(tree).resolve(".gitignore"), lines());
    return tree;
  }

  private void broken(Path folder) {
    if (Files.exists(folder.resolve(".git"))) {
      return;
    }
    try {
      if (one(2)) {
        Files.writeString(folder.resolve(".git"), one(2) ? "" : "gitdir: ../nowhere\n");
      } else {
        Files.createDirectories(folder.resolve(".git/objects"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns a folder of a repository, which is its top at times.
  private Path inside(Path top) {
    try (var walk = Files.walk(top)) {
      List<Path> folders =
          walk.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
              .filter(path -> !path.toString().contains("/.git"))
              .sorted()
              .toList();
      return folders.get(random.nextInt(folders.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String lines() {
    var text = new StringBuilder();
    String end = one(4) ? "\r\n" : "\n";
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      text.append(line()).append(i > 1 || !one(5) ? end : "");
    }
    return text.toString();
  }

  private String line() {
    if (!one(3)) {
      return any(WHOLE) + (one(8) ? " " : "");
    }
    var line = new StringBuilder(one(4) ? "!" : "");
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      line.append(any(PARTS));
    }
    return line.toString();
  }
}
