/// The local text encoder and the cache of its vectors.
///
/// Texts come in, vectors go out. The encoder runs on this machine's processor; the cache, an H2
/// file, is keyed by encoder and content hash.
@NullMarked
package brimful.dense;

import org.jspecify.annotations.NullMarked;
