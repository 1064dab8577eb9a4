/// What Brimful wrote itself, which is no source: by its path, its size and how it begins.
@NullMarked
package brimful.source.own;

import org.jspecify.annotations.NullMarked;
