/// The program: `brimful ask · pack · tokens · models · config`.
///
/// Arguments come in; text goes to stdout, progress and receipts to stderr, and one [ExitCode] out.
/// [Main] builds everything with `new`; the commands only join what the other packages do.
@NullMarked
package brimful.cli;

import org.jspecify.annotations.NullMarked;
