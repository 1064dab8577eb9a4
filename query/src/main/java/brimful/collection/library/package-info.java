/// Named collections of a server: the sources they are read from, and the jobs that read them.
///
/// The names, locations and uploads of people and programs come in through [CollectionService];
/// snapshots of a collection's index go out. Safe for many threads; of several jobs of a collection
/// one runs at a time.
@NullMarked
package brimful.collection.library;

import org.jspecify.annotations.NullMarked;
