/// What programs read of a question: answer, citations, evidence, receipt, usage and cells of a
/// batch, each as one record that every door writes as JSON.
///
/// Results of the service come in, records and their JSON go out. Tokens are counts, prices USD,
/// times seconds. No state; safe for many threads.
@NullMarked
package brimful.view;

import org.jspecify.annotations.NullMarked;
