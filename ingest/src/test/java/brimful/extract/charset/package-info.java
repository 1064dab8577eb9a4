@NullMarked
package brimful.extract.charset;

import org.jspecify.annotations.NullMarked;
