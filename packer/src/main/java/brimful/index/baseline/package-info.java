/// What plain search finds, for evaluations to compare with.
@NullMarked
package brimful.index.baseline;

import org.jspecify.annotations.NullMarked;
