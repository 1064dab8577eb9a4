/// The records of our topics and how they are encoded: claims, revisions, dead letters, job counts.
///
/// Values come in and bytes go out, or the reverse; a record that this version cannot read is an
/// [brimful.kafka.record.UnreadableRecord]. Knows no connection. Immutable and safe for many
/// threads.
@NullMarked
package brimful.kafka.record;

import org.jspecify.annotations.NullMarked;
