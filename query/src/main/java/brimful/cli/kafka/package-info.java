/// The commands of many machines joined by Kafka: what submits, works, indexes, reports and
/// repairs.
///
/// Command lines come in; what a member of the group needs is built here, started, and closed when
/// it is stopped.
@NullMarked
package brimful.cli.kafka;

import org.jspecify.annotations.NullMarked;
