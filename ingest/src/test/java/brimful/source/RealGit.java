package brimful.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.source.git.WorkTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.opentest4j.TestAbortedException;

/// The `git` of this machine, as the judge of what git lists.
///
/// @param variables all that it gets of the environment, but for the path
record RealGit(Map<String, String> variables) {

  /// @throws TestAbortedException with a line that begins with NO GIT, where there is none
  static RealGit with(Map<String, String> variables) {
    var git = new RealGit(variables);
    try {
      git.run(Path.of(""), "--version");
    } catch (UncheckedIOException e) {
      System.err.println("NO GIT: nothing is compared with what git lists");
      throw new TestAbortedException("NO GIT: nothing is compared with what git lists", e);
    }
    return git;
  }

  /// Runs a command in a folder and returns what it prints.
  byte[] run(Path folder, String... words) {
    var command = new ArrayList<String>(List.of("git"));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().putAll(variables);
    builder.redirectErrorStream(false).redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      try (InputStream out = process.getInputStream()) {
        byte[] printed = out.readAllBytes();
        if (process.waitFor() != 0) {
          throw new IllegalStateException("git %s failed in %s".formatted(command, folder));
        }
        return printed;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Returns the regular files that are there and that git lists: those of a repository, of the
  /// repositories and submodules in it, and in a plain folder those of none.
  SortedSet<String> files(Path folder) {
    var files = new TreeSet<String>();
    if (WorkTree.at(folder) instanceof WorkTree.Found.Tree) {
      repository(folder, "", files);
    } else {
      plain(folder, "", files);
    }
    return files;
  }

  private void repository(Path top, String prefix, SortedSet<String> files) {
    byte[] listed = run(top, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
    for (String path : new String(listed, UTF_8).split("\0", -1)) {
      Path file = top.resolve(path);
      if (path.isEmpty()) {
        continue;
      }
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        files.add(prefix + path);
      } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
          && WorkTree.at(file) instanceof WorkTree.Found.Tree) {
        repository(file, prefix + path.replaceAll("/$", "") + "/", files);
      }
    }
  }

  private void plain(Path folder, String prefix, SortedSet<String> files) {
    try (var children = Files.list(folder)) {
      for (Path child : children.toList()) {
        String name = prefix + child.getFileName();
        if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
          files.add(name);
        } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
          if (WorkTree.at(child) instanceof WorkTree.Found.Tree) {
            repository(child, name + "/", files);
          } else {
            plain(child, name + "/", files);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
