package brimful.cli.command;

import brimful.cli.option.Arguments;
import org.apache.commons.cli.Options;

/// One command: `brimful NAME …`.
public interface Command {

  /// Returns the command's name.
  String name();

  /// Returns a short description for the list of commands.
  String summary();

  /// Returns its usage, description and examples: the part of its help above the options.
  String help();

  /// Returns what `--help` lists and the command line may have.
  Options options();

  /// Runs the command.
  ///
  /// @throws brimful.corpus.UserError for whatever a person can fix
  ExitCode run(Arguments arguments);
}
