/// Brimful on this machine: what of it is there, what is missing, what shells complete, and what it
/// leaves behind.
///
/// Variables of the process and the table of commands come in; findings, scripts and lists of files
/// go out, which commands print.
@NullMarked
package brimful.cli.setup;

import org.jspecify.annotations.NullMarked;
