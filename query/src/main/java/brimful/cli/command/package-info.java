/// What every command has: a name, options and help, an exit code, and an end that can be asked
/// for.
///
/// A command line comes in as [brimful.cli.option.Arguments], an [ExitCode] goes out.
@NullMarked
package brimful.cli.command;

import org.jspecify.annotations.NullMarked;
