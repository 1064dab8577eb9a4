/// The command line: [Main] and the commands.
///
/// Arguments come in; text goes to stdout, progress and receipts to stderr, and one [ExitCode] out.
/// [Main] builds everything with `new`; commands only join what the other packages do.
@NullMarked
package brimful.cli;

import org.jspecify.annotations.NullMarked;
