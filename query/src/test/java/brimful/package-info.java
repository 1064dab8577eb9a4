/// What holds for all packages together.
@NullMarked
package brimful;

import org.jspecify.annotations.NullMarked;
