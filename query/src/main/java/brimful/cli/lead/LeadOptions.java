package brimful.cli.lead;

import brimful.cli.option.Arguments;
import brimful.cli.option.PackOptions;
import brimful.cli.option.ProjectUse;
import brimful.corpus.UserError;
import java.util.List;
import org.apache.commons.cli.Options;

/// The options that put something in front of the window.
public final class LeadOptions {
  static final String LOG = "log";
  static final String TREE = "tree";
  static final String COMPRESS = "compress";

  private LeadOptions() {}

  /// Adds those about a repository.
  public static Options in(Options options) {
    return options
        .addOption(
            PackOptions.option(
                Arguments.DIFF,
                "[REV]",
                "put the changes since REV (default: HEAD) first, and what is around them"))
        .addOption(
            PackOptions.option(LOG, "N", "put the last N commits first, with their changed files"));
  }

  /// Adds those about the form of the corpus.
  public static Options withForm(Options options) {
    return in(options)
        .addOption(PackOptions.flag(TREE, "put the tree of files first, with the tokens of each"))
        .addOption(
            PackOptions.flag(
                COMPRESS, "show every file by the lines of its definitions and headings"));
  }

  /// Returns whether anything is to go first, or the corpus to be compressed.
  ///
  /// @param proposal whether a location is a pull request, whose changes go first
  /// @throws UserError if that is impossible with other options
  static boolean areGiven(Arguments arguments, boolean proposal) {
    List<String> given =
        List.of(Arguments.DIFF, LOG, TREE, COMPRESS).stream().filter(arguments::has).toList();
    if ((proposal || !given.isEmpty()) && arguments.has("session")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s stands in front of the window, --session keeps that the same for all questions: use one of them"
              .formatted(given.isEmpty() ? "a pull request's diff" : "--" + given.getFirst()));
    }
    if (!given.isEmpty() && arguments.has(ProjectUse.WITH_COLLECTIONS)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--%s is about files, --%s adds others: use one of them"
              .formatted(given.getFirst(), ProjectUse.WITH_COLLECTIONS));
    }
    boolean history = arguments.has(Arguments.DIFF) || arguments.has(LOG);
    if (history && arguments.has("collection")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--%s with --collection: a collection is no repository, so name the checkout as a PATH"
              .formatted(given.getFirst()));
    }
    return proposal || !given.isEmpty();
  }
}
