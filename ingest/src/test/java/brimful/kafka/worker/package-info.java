@NullMarked
package brimful.kafka.worker;

import org.jspecify.annotations.NullMarked;
