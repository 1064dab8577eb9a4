/// Stores chunks and finds them: the only package that uses a search engine.
///
/// [brimful.corpus.Item]s come in; a [Snapshot] returns hits, outlines and text. Schema and
/// analyzer are package-private. One writer at a time; any number of snapshots in any number of
/// threads.
@NullMarked
package brimful.index;

import org.jspecify.annotations.NullMarked;
