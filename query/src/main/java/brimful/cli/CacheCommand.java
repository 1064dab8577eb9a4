package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.collection.Home;
import brimful.collection.library.CacheFolder;
import brimful.corpus.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.Options;

/// Lists and deletes indexes and clones that can be rebuilt.
final class CacheCommand implements Command {
  private static final Pattern AGE = Pattern.compile("(\\d{1,5})([hdw])");

  private final Terminal terminal;

  CacheCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "cache";
  }

  @Override
  public String summary() {
    return "lists indexes and clones, and deletes those that nothing needs";
  }

  @Override
  public String help() {
    return """
    brimful cache list
    brimful cache prune [--older-than 30d] [--all] [--dry-run]

    Brimful keeps an index of each set of paths, and a clone of each git address, in $BRIMFUL_HOME or the
    cache folder. list shows their size, origin, last use, and why one is no longer needed. prune deletes
    indexes of vanished paths and of older versions, clones without an index, and damaged files. It skips
    what is in use.

    Brimful rebuilds everything here when needed. prune touches neither a server's collections and uploads
    nor the clones that its collections read, whatever the options.

      brimful cache prune --dry-run
      brimful cache prune --older-than 30d
    """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            PackOptions.option(
                "older-than", "AGE", "also delete what was not used for this long: 12h, 30d, 8w"))
        .addOption(PackOptions.flag("all", "also delete what may still be needed"))
        .addOption(PackOptions.flag("dry-run", "show what would be deleted, and delete nothing"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    List<String> words = arguments.words();
    String verb = words.isEmpty() ? "list" : words.getFirst();
    if (words.size() > 1 || !List.of("list", "prune").contains(verb)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "brimful cache %s: say list or prune".formatted(String.join(" ", words)));
    }
    var cache = new CacheFolder(Home.of(terminal.environment()));
    try {
      if (verb.equals("list")) {
        list(cache.entries());
      } else {
        prune(cache, arguments);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the cache: make it readable", e);
    }
    return ExitCode.OK;
  }

  private void list(List<CacheFolder.Entry> entries) {
    entries.forEach(entry -> terminal.out().println(line(entry)));
    long unneeded =
        entries.stream()
            .filter(entry -> !entry.unneeded().isEmpty())
            .mapToLong(CacheFolder.Entry::bytes)
            .sum();
    terminal.note(
        "%s in %s; brimful cache prune would free %s"
            .formatted(size(sum(entries)), count(entries), size(unneeded)));
  }

  private void prune(CacheFolder cache, Arguments arguments) throws IOException {
    boolean dry = arguments.has("dry-run");
    long freed = 0;
    int deleted = 0;
    Instant usedBefore = usedBefore(arguments);
    List<CacheFolder.Entry> unneeded =
        arguments.has("all") ? cache.deletable() : cache.unneeded(usedBefore);
    for (CacheFolder.Entry entry : unneeded) {
      if (!dry && !cache.delete(entry)) {
        terminal.note("in use, kept: " + entry.path());
        continue;
      }
      freed += entry.bytes();
      deleted++;
      terminal.out().println(line(entry));
    }
    terminal.note(
        dry
            ? "would free %s in %s".formatted(size(freed), count(unneeded))
            : "freed %s in %s"
                .formatted(size(freed), deleted == 1 ? "1 folder" : deleted + " folders"));
  }

  private static Instant usedBefore(Arguments arguments) {
    String text = arguments.value("older-than").orElse("");
    if (text.isEmpty()) {
      return Instant.MIN;
    }
    Matcher age = AGE.matcher(text);
    if (!age.matches()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--older-than %s is no age: write it like 12h, 30d or 8w".formatted(text));
    }
    long number = Long.parseLong(age.group(1));
    Duration duration =
        switch (age.group(2)) {
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          default -> Duration.ofDays(7 * number);
        };
    return Instant.now().minus(duration);
  }

  private static String line(CacheFolder.Entry entry) {
    return String.format(
        Locale.ROOT,
        "%9s  %-8s  used %s  %s%s",
        size(entry.bytes()),
        entry.kind().name().toLowerCase(Locale.ROOT),
        LocalDate.ofInstant(entry.used(), ZoneOffset.UTC),
        entry.purpose(),
        entry.unneeded().isEmpty() ? "" : "  [" + entry.unneeded() + "]");
  }

  private static long sum(List<CacheFolder.Entry> entries) {
    return entries.stream().mapToLong(CacheFolder.Entry::bytes).sum();
  }

  private static String count(List<CacheFolder.Entry> entries) {
    return entries.size() == 1 ? "1 folder" : entries.size() + " folders";
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }
}
