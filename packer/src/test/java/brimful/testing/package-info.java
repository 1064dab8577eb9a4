/// What the tests of every module share.
@NullMarked
package brimful.testing;

import org.jspecify.annotations.NullMarked;
