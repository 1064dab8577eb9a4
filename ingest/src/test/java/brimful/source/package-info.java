@NullMarked
package brimful.source;

import org.jspecify.annotations.NullMarked;
