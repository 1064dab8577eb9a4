/// Tests of the outlines of text.
@NullMarked
package brimful.chunk.outline;

import org.jspecify.annotations.NullMarked;
