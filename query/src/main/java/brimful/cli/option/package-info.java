/// What a command line says: options, locations, models, the question; and the terminal it was
/// typed in.
@NullMarked
package brimful.cli.option;

import org.jspecify.annotations.NullMarked;
