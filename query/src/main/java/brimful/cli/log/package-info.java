/// The log of the program: what SLF4J's loggers and the terminal's notes become, a line an event.
@NullMarked
package brimful.cli.log;

import org.jspecify.annotations.NullMarked;
