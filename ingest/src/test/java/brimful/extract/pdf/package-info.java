@NullMarked
package brimful.extract.pdf;

import org.jspecify.annotations.NullMarked;
