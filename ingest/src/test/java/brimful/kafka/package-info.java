@NullMarked
package brimful.kafka;

import org.jspecify.annotations.NullMarked;
