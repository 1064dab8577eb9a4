/// Copies of remote repositories in the cache folder: who uses, fetches and deletes them, and how a
/// fetch is watched.
@NullMarked
package brimful.source.copy;

import org.jspecify.annotations.NullMarked;
