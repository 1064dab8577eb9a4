/// When the sources of collections are read again by themselves.
@NullMarked
package brimful.collection.schedule;

import org.jspecify.annotations.NullMarked;
