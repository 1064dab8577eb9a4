/// What questions are asked about. No package outside this one and its sub-packages connects
/// extractor, chunker and ingester to an index.
///
/// Locations come in; snapshots of up-to-date indexes go out. Safe for many threads.
@NullMarked
package brimful.collection;

import org.jspecify.annotations.NullMarked;
