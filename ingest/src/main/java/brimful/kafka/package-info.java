/// The connection to Kafka: clients, topics, publishing, replaying, and a development broker.
///
/// [brimful.kafka.Cluster] is what every part of the pipeline receives. Claims and revisions go to
/// the topics through [brimful.kafka.Publisher]; [brimful.kafka.TopicReplay] reads the last value
/// of every key of a compacted topic. Only this package and those below it know Kafka. Each class
/// says which threads may call it.
@NullMarked
package brimful.kafka;

import org.jspecify.annotations.NullMarked;
