@NullMarked
package brimful.extract.process;

import org.jspecify.annotations.NullMarked;
