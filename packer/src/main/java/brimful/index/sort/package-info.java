/// The highest of many scores, without an object for each.
@NullMarked
package brimful.index.sort;

import org.jspecify.annotations.NullMarked;
