/// Readings of whole corpora on a server: they run in threads of their own, and a restarted server
/// knows them.
///
/// An order comes in, and a job leaves that tells its progress, and at last its answer. The calls
/// and their money are in the ledgers of [brimful.exhaustive.WindowReader]; a job keeps what was
/// ordered, and what came of it.
@NullMarked
package brimful.exhaustive.job;

import org.jspecify.annotations.NullMarked;
