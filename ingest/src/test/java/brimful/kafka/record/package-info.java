@NullMarked
package brimful.kafka.record;

import org.jspecify.annotations.NullMarked;
