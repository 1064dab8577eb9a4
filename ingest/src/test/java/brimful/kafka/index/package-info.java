@NullMarked
package brimful.kafka.index;

import org.jspecify.annotations.NullMarked;
