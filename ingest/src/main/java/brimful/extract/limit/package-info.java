/// The limits of reading a file: their names, units, bounds and standard values, in one table.
///
/// Command lines, configuration and parsers take their limits from here, and the outcome of a file
/// that met one names it, so that a raised limit is known to change that outcome. Pure.
@NullMarked
package brimful.extract.limit;

import org.jspecify.annotations.NullMarked;
