@NullMarked
package brimful.collection.schedule;

import org.jspecify.annotations.NullMarked;
