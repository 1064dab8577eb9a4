@NullMarked
package brimful.extract.format;

import org.jspecify.annotations.NullMarked;
