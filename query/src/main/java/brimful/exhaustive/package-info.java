/// Answers a question from all of a corpus that is larger than the model's window.
///
/// The corpus comes in as a snapshot, and is cut into windows ([brimful.batch.WindowUnits]). Each
/// is asked what it holds towards the answer, with quotes; the quotes are checked against its text;
/// and one more question over their surroundings makes the answer. All calls are cells of batches
/// in one ledger, so that a killed run goes on where it was.
@NullMarked
package brimful.exhaustive;

import org.jspecify.annotations.NullMarked;
