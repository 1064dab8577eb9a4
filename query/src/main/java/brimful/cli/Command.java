package brimful.cli;

import brimful.cli.option.Arguments;
import org.apache.commons.cli.Options;

/// One thing the program does: `brimful NAME …`.
interface Command {

  /// Returns the word that calls it.
  String name();

  /// Returns what it does, in a few words, for the list of commands.
  String summary();

  /// Returns how it is called, what it does and examples: the part of its help above the options.
  String help();

  /// Returns the options it knows.
  Options options();

  /// Does it.
  ExitCode run(Arguments arguments);
}
