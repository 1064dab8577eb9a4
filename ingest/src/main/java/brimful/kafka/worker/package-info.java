/// A member of a share group: takes records, renews their locks while it works, and acknowledges
/// them.
///
/// [brimful.kafka.worker.ShareWorker] polls; [brimful.kafka.worker.AckPolicy] decides between
/// ACCEPT, REJECT and RELEASE; a [brimful.kafka.worker.Handler] does the work, which must be
/// idempotent.
@NullMarked
package brimful.kafka.worker;

import org.jspecify.annotations.NullMarked;
