/// Tests of git's files as data.
@NullMarked
package brimful.source.git;

import org.jspecify.annotations.NullMarked;
