@NullMarked
package brimful.extract.media;

import org.jspecify.annotations.NullMarked;
