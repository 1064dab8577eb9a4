@NullMarked
package brimful.extract;

import org.jspecify.annotations.NullMarked;
