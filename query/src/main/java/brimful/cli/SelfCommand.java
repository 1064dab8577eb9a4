package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.cli.setup.OwnPaths;
import brimful.collection.Home;
import brimful.collection.library.CacheFolder;
import brimful.corpus.UserError;
import brimful.store.ProcessLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Shows what Brimful keeps on this machine, and removes it.
final class SelfCommand implements Command {

  private final Terminal terminal;

  SelfCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "self";
  }

  @Override
  public String summary() {
    return "shows what Brimful keeps on this machine, and uninstalls it";
  }

  @Override
  public String help() {
    return """
    brimful self cache
    brimful self uninstall [--yes] [--dry-run]

    cache shows each part of the cache folder with its size; brimful cache prune deletes what is no longer
    needed. uninstall lists what Brimful has made, with sizes, asks, and deletes it: caches, a server's
    collections and uploads, settings with their keys, the record of spending, and the program, if it came
    from an archive. It deletes nothing else: your models.json, files of other programs in the same folders,
    and a checkout stay. What another process uses stays, too.

      brimful self uninstall --dry-run
    """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(Option.builder("y").longOpt("yes").desc("delete without asking").get())
        .addOption(PackOptions.flag("dry-run", "show what would be deleted, and delete nothing"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    OwnPaths own = OwnPaths.of(terminal.environment());
    String verb = arguments.words().isEmpty() ? "" : arguments.words().getFirst();
    if (arguments.words().size() != 1 || !List.of("cache", "uninstall").contains(verb)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s: say cache or uninstall"
              .formatted(String.join(" ", "self", String.join(" ", arguments.words())).strip()));
    }
    if (verb.equals("cache")) {
      show(own.caches(own.home()));
      return ExitCode.OK;
    }
    return uninstall(own, arguments);
  }

  private void show(List<OwnPaths.Part> parts) {
    for (OwnPaths.Part part : parts) {
      terminal
          .out()
          .print(
              String.format(
                  Locale.ROOT, "%9s  %s  (%s)\n", size(part.bytes()), part.path(), part.what()));
    }
    terminal.note(
        "%s in all".formatted(size(parts.stream().mapToLong(OwnPaths.Part::bytes).sum())));
  }

  private ExitCode uninstall(OwnPaths own, Arguments arguments) {
    var parts = new ArrayList<>(own.made());
    parts.addAll(own.program());
    if (parts.isEmpty()) {
      terminal.note("there is nothing to delete");
      return ExitCode.OK;
    }
    show(parts);
    if (arguments.has("dry-run")) {
      return ExitCode.OK;
    }
    if (!arguments.has("yes")) {
      confirm();
    }
    List<Path> used = delete(own, parts);
    if (!used.isEmpty()) {
      throw new UserError(
          UserError.Kind.BUSY,
          "%s is in use, and stays with the program: end the other Brimful, and say it again"
              .formatted(used.getFirst()));
    }
    own.deleteEmptyFolders();
    terminal.note(farewell(own));
    return ExitCode.OK;
  }

  private void confirm() {
    if (!terminal.confirms("delete all of this?")) {
      throw new UserError(UserError.Kind.USAGE, "nothing is deleted: answer y, or add --yes");
    }
  }

  /// Deletes what nobody uses, the program last.
  ///
  /// @return what is in use
  private List<Path> delete(OwnPaths own, List<OwnPaths.Part> parts) {
    Home home = new Home(own.home());
    Optional<ProcessLock> server = Optional.empty();
    Path lock = home.library().resolveSibling("library.lock");
    if (Files.exists(lock)) {
      server = ProcessLock.tryTake(lock);
      if (server.isEmpty()) {
        return List.of(home.library());
      }
    }
    server.ifPresent(ProcessLock::close);
    var used = new ArrayList<Path>();
    try {
      var cache = new CacheFolder(home);
      for (CacheFolder.Entry entry : cache.deletable()) {
        if (!cache.delete(entry)) {
          used.add(entry.path());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the cache: make it writable", e);
    }
    if (used.isEmpty()) {
      parts.forEach(OwnPaths::delete);
    }
    return used;
  }

  private static String farewell(OwnPaths own) {
    return own.installed().isPresent()
        ? "Brimful is uninstalled; remove links to it from your PATH, and completion from your shell's files"
        : "all that Brimful kept is deleted; the checkout stays: delete its folder";
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }
}
