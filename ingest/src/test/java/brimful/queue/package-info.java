@NullMarked
package brimful.queue;

import org.jspecify.annotations.NullMarked;
