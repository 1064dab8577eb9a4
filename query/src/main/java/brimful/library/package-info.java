/// The collections that a server keeps: what they consist of, and the jobs that bring them up to
/// date.
///
/// Locations come in, snapshots of indexes go out. [LocalLibrary] reads sources in this process,
/// [KafkaLibrary] lets workers read them; which it is, those who ask do not notice. Safe for many
/// threads.
@NullMarked
package brimful.library;

import org.jspecify.annotations.NullMarked;
