@NullMarked
package brimful.upload;

import org.jspecify.annotations.NullMarked;
