package brimful.cli.option;

import brimful.corpus.UserError;
import brimful.exhaustive.Exhaustive;
import brimful.model.ModelChoice;
import java.util.List;
import org.apache.commons.cli.Options;

/// The options of `brimful ask --exhaustive`.
public final class ExhaustiveOptions {
  private static final String EXHAUSTIVE = "exhaustive";
  private static final String ALL_WINDOWS = "all-windows";
  private static final String MAX_COST = "max-cost";
  private static final String RETRY_FAILED = "retry-failed";

  /// What sizes or fills one window for its question, or goes in front of it.
  private static final List<String> OF_ONE_WINDOW =
      List.of(Arguments.DIFF, "log", "dense", "session", "instructions");

  private ExhaustiveOptions() {}

  public static Options in(Options options) {
    return options
        .addOption(
            PackOptions.flag(
                EXHAUSTIVE, "read the whole corpus, window by window; says first what it costs"))
        .addOption(
            PackOptions.flag(
                ALL_WINDOWS,
                "with --exhaustive: read windows without any word of the question, too"))
        .addOption(
            PackOptions.option(
                MAX_COST, "USD", "with --exhaustive: no call starts that could cost more in all"))
        .addOption(
            PackOptions.flag(
                RETRY_FAILED, "with --exhaustive: read windows without a result again"));
  }

  /// Returns whether all windows are to be read.
  ///
  /// @throws UserError if that is impossible with other options
  public static boolean areGiven(Arguments arguments) {
    if (!arguments.has(EXHAUSTIVE)) {
      List.of(ALL_WINDOWS, MAX_COST, RETRY_FAILED).stream()
          .filter(arguments::has)
          .findFirst()
          .ifPresent(option -> {
            throw new UserError(
                UserError.Kind.USAGE, "--%s without --exhaustive: add that, too".formatted(option));
          });
      return false;
    }
    OF_ONE_WINDOW.stream()
        .filter(arguments::isOwn)
        .findFirst()
        .ifPresent(option -> {
          throw new UserError(
              UserError.Kind.USAGE,
              "--%s is about one window, --exhaustive reads all: use one of them"
                  .formatted(option));
        });
    if (arguments.value("budget").filter("auto"::equals).isPresent()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s auto sizes one window, --exhaustive reads all: give a number of tokens"
              .formatted(arguments.said("budget")));
    }
    return true;
  }

  /// Returns whether windows without any word of the question are read, too.
  public static boolean allWindows(Arguments arguments) {
    return arguments.has(ALL_WINDOWS);
  }

  public static Exhaustive.Terms terms(Arguments arguments, ModelChoice choice) {
    return Exhaustive.Terms.of(
        choice,
        BatchOptions.budget(arguments, choice),
        BatchOptions.usdMax(arguments, choice),
        arguments.has(RETRY_FAILED));
  }
}
