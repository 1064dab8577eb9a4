/// Tests of the cutting of text into chunks.
@NullMarked
package brimful.chunk;

import org.jspecify.annotations.NullMarked;
