/// Kafka: topics and their records, the worker's loop, dead letters, and a development broker.
///
/// Claims go out to workers; their results come back as revisions, which the index worker applies
/// and counts. The only package that knows Kafka. Every class says which threads may call it.
@NullMarked
package brimful.queue;

import org.jspecify.annotations.NullMarked;
