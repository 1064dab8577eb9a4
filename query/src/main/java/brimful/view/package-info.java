/// A question's results for programs: answer, citations, evidence, receipt, usage and cells of a
/// batch. Each is built as JSON in one place, for all doors.
///
/// Results of the service come in, JSON goes out. Tokens are counts, prices USD, times seconds. No
/// state; safe for many threads.
@NullMarked
package brimful.view;

import org.jspecify.annotations.NullMarked;
