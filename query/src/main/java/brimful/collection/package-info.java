/// What questions are asked about: the only place that joins extractor, chunker and ingester to an
/// index.
///
/// Locations come in, snapshots of indexes that are up to date go out. Safe for many threads.
@NullMarked
package brimful.collection;

import org.jspecify.annotations.NullMarked;
