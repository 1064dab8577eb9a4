/// Keeps collections in an OpenSearch cluster, for many index workers and servers.
///
/// Items come in through [brimful.index.ChunkIndex] and are found through [brimful.index.Snapshot],
/// as in an index of this machine. The engine stores texts and finds chunks and documents by their
/// terms; what [brimful.index.EngineCatalog] has of a commit is in the memory of each process that
/// reads it. Times are [java.time.Duration]s, sizes are bytes. This package speaks HTTP and JSON
/// itself: the calls are few.
@NullMarked
package brimful.opensearch;

import org.jspecify.annotations.NullMarked;
