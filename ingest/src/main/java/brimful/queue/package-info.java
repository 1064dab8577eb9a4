/// Kafka: topics and their records, the worker's loop, dead letters, and a broker of our own.
///
/// Claim checks of items go out to workers; their items come back as records, are put into the
/// index and counted. The only package that knows Kafka. Every class says which thread may call it.
@NullMarked
package brimful.queue;

import org.jspecify.annotations.NullMarked;
