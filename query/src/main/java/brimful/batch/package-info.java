/// Asks the same questions of every document, folder or collection, and keeps the answers in a
/// table that survives crashes.
///
/// Questions, a [brimful.index.Snapshot] and a model come in; a [brimful.batch.table.Table] of
/// cells goes out, each in exactly one state. A [brimful.batch.ledger.BatchLedger] on disk records
/// every call before it is sent and after it is answered, so that a killed batch continues without
/// paying twice. Tokens are the model's own, prices USD. [Batch] runs its calls in threads of its
/// own and knows no terminal.
@NullMarked
package brimful.batch;

import org.jspecify.annotations.NullMarked;
