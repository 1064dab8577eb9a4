@NullMarked
package brimful.kafka.work;

import org.jspecify.annotations.NullMarked;
