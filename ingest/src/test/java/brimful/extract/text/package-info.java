@NullMarked
package brimful.extract.text;

import org.jspecify.annotations.NullMarked;
