/// What a shared batch needs of Kafka: a queue that hands each unit to one worker at a time, and a
/// log that shows every event to all workers in one order.
@NullMarked
package brimful.kafka.work;

import org.jspecify.annotations.NullMarked;
