/// Tests of this package.
@NullMarked
package brimful.extract.ole;

import org.jspecify.annotations.NullMarked;
