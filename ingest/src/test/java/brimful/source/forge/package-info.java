@NullMarked
package brimful.source.forge;

import org.jspecify.annotations.NullMarked;
