/// Tests of this package.
@NullMarked
package brimful.extract.limit;

import org.jspecify.annotations.NullMarked;
