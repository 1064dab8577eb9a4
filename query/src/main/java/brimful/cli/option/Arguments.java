package brimful.cli.option;

import brimful.collection.scope.Braces;
import brimful.corpus.HomePath;
import brimful.corpus.UserError;
import brimful.service.Budget;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/// The parsed words of one command line, with typed access and errors that name the fix.
public final class Arguments {
  /// The option whose value may be left out.
  public static final String DIFF = "diff";

  /// Options that may be repeated, or given as `a,b,c`.
  private static final Set<String> LISTS =
      Set.of(
          "roots",
          "keep",
          "compare",
          "collections",
          "without",
          "limit",
          "scope",
          "include",
          "exclude");

  private final CommandLine line;
  private final Map<String, String> environment;
  private final Optional<ProjectUse> project;

  private Arguments(
      CommandLine line, Map<String, String> environment, Optional<ProjectUse> project) {
    this.line = line;
    this.environment = environment;
    this.project = project;
  }

  /// Returns the same command line with the settings of a project, which hold where it says nothing
  /// else.
  Arguments in(ProjectUse use) {
    return new Arguments(line, environment, Optional.of(use));
  }

  /// Returns the project's settings, if there are any.
  public Optional<ProjectUse> project() {
    return project;
  }

  /// Parses the words after the command's name.
  ///
  /// @param environment the process's variables, which define `~`
  /// @throws UserError for anything that the options do not define
  public static Arguments parse(
      String command, Options options, List<String> words, Map<String, String> environment) {
    String help = "see brimful " + command + " --help";
    try {
      CommandLine line =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .setStripLeadingAndTrailingQuotes(false)
              .get()
              .parse(options, OptionalValue.joined(DIFF, words).toArray(String[]::new));
      requireOnce(line, help);
      return new Arguments(line, environment, Optional.empty());
    } catch (UnrecognizedOptionException e) {
      String near = nearest(e.getOption(), options);
      throw new UserError(
          UserError.Kind.USAGE,
          "unknown option %s: %s%s%s"
              .formatted(e.getOption(), near, fileHint(e.getOption()), help));
    } catch (MissingArgumentException e) {
      String option = e.getOption().getLongOpt();
      throw new UserError(UserError.Kind.USAGE, "--%s has no value: %s".formatted(option, help));
    } catch (ParseException e) {
      throw new UserError(
          UserError.Kind.USAGE,
          "cannot read the command line, %s: %s".formatted(e.getMessage(), help));
    }
  }

  /// Either of two values could be meant.
  private static void requireOnce(CommandLine line, String help) {
    var seen = new HashSet<String>();
    for (Option option : line.getOptions()) {
      String name = option.getLongOpt();
      if (!seen.add(name) && !LISTS.contains(name)) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--%s is given twice%s: leave one out, or %s"
                .formatted(
                    name,
                    option.hasArg() ? ": " + String.join(", ", line.getOptionValues(option)) : "",
                    help));
      }
    }
  }

  /// Returns whether an option has a value or is set, here or by the project.
  public boolean has(String option) {
    return isOwn(option) || set(option).isPresent();
  }

  /// Returns whether the command line itself has an option.
  public boolean isOwn(String option) {
    return line.hasOption(option);
  }

  public Optional<String> value(String option) {
    return Optional.ofNullable(line.getOptionValue(option)).or(() -> set(option));
  }

  private Optional<String> set(String option) {
    return isOwn(option) ? Optional.empty() : project.flatMap(use -> use.value(option, this));
  }

  /// Returns where an option's value is from, for errors: `--budget`, or the key of a file.
  public String said(String option) {
    return set(option).isEmpty()
        ? "--" + option
        : "%s in %s".formatted(option, project.orElseThrow().file().file());
  }

  /// Returns all values of an option that may be repeated or given as `a,b,c`.
  public List<String> values(String option) {
    String[] values = line.getOptionValues(option);
    return values == null
        ? List.of()
        : Arrays.stream(values)
            .flatMap(v -> Arrays.stream(v.split(",")))
            .map(String::strip)
            .toList();
  }

  /// Returns the patterns of an option that may be repeated; a comma between braces separates none.
  List<String> patterns(String option) {
    String[] values = line.getOptionValues(option);
    return values == null
        ? List.of()
        : Arrays.stream(values)
            .flatMap(value -> Braces.split(value).stream())
            .map(String::strip)
            .toList();
  }

  /// Returns an option's path, with `~` expanded.
  public Optional<Path> path(String option) {
    return value(option).map(this::expanded).map(Path::of);
  }

  /// Refuses an output that would overwrite what is read: a file named as a word or by an option.
  ///
  /// @param option the output's
  public void requireApart(String option, String... inputs) {
    Optional<Path> output = path(option);
    if (output.isEmpty()) {
      return;
    }
    String said = option.equals("output") ? "-o" : "--" + option;
    Stream.concat(words().stream(), Stream.of(inputs).flatMap(it -> value(it).stream()))
        .filter(input -> isFile(expanded(input), output.get()))
        .findFirst()
        .ifPresent(input -> {
          throw new UserError(
              UserError.Kind.USAGE,
              "%s is read, and %s would overwrite it: name another file with %s"
                  .formatted(input, said, said));
        });
  }

  /// A word may be an address, or have what no path can.
  private static boolean isFile(String word, Path file) {
    var named = new File(word);
    return named.isFile()
        && named.toPath().toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize());
  }

  /// Returns an option's paths, see [#values].
  public List<Path> paths(String option) {
    return values(option).stream().map(this::expanded).map(Path::of).toList();
  }

  /// Returns a path with `~` expanded, where the shell did not.
  public String expanded(String path) {
    return HomePath.expanded(path, environment);
  }

  /// Returns the words that are not options.
  public List<String> words() {
    return line.getArgList();
  }

  /// @throws UserError if there is a word that is no option
  public void requireNoWords() {
    if (!words().isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "\"%s\" is one word too many: leave it out".formatted(words().getFirst()));
    }
  }

  /// Returns a whole number of 1 or more.
  public Optional<Integer> number(String option) {
    return value(option)
        .map(text -> {
          try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
              return number;
            }
          } catch (NumberFormatException _) {
            // Reported below, as for a number that is too small.
          }
          String wrong = isWhole(text) ? wrongSize(text) : "not a whole number";
          throw new UserError(
              UserError.Kind.USAGE, "--%s %s is %s: give 1 or more".formatted(option, text, wrong));
        });
  }

  /// Returns a number of tokens such as `8000`, `128k`, `1M` or `0.5M`; k is 1,000 and M 1,000,000.
  public Optional<Integer> tokens(String option) {
    return value(option).map(text -> parseTokens(option, text));
  }

  public static int parseTokens(String option, String text) {
    return Budget.number(text)
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.USAGE,
                "--%s %s is %s: write it like 8000, 128k or 1M"
                    .formatted(
                        option, text, isWhole(text) ? wrongSize(text) : "not a number of tokens")));
  }

  private static boolean isWhole(String text) {
    return text.matches("[+-]?\\d+");
  }

  private static String wrongSize(String number) {
    return number.startsWith("-") || number.matches("\\+?0+") ? "too small" : "too large";
  }

  /// What looks like a file's name may be one.
  private static String fileHint(String unknown) {
    return unknown.matches("-[^=]*\\.\\w+")
        ? "a file of that name is ./%s; ".formatted(unknown)
        : "";
  }

  private static String nearest(String unknown, Options options) {
    String bare = unknown.replaceAll("^-+", "").replaceAll("=.*", "");
    List<String> names = options.getOptions().stream().map(Option::getLongOpt).toList();
    return Similar.to(bare, names).map(name -> "did you mean --" + name + "? ").orElse("");
  }
}
