@NullMarked
package brimful.extract.office;

import org.jspecify.annotations.NullMarked;
