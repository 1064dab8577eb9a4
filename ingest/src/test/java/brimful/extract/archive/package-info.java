/// Tests of this package.
@NullMarked
package brimful.extract.archive;

import org.jspecify.annotations.NullMarked;
