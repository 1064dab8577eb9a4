@NullMarked
package brimful.bucket;

import org.jspecify.annotations.NullMarked;
