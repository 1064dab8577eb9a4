/// The ledger of a batch: every call is recorded here before it leaves and settled when it ends.
///
/// Events come in; the state of each cell goes out. The events are kept in a file of this machine,
/// or in a log that the workers of a shared batch read in one order.
@NullMarked
package brimful.batch.ledger;

import org.jspecify.annotations.NullMarked;
